"""Temporary keys by the STS SDK of COS (qcloud-python-sts) and the SDK of the whole cloud (TC3-HMAC-SHA256)."""

import json
import os
import time
from urllib.parse import quote

import requests
from runner import ADDRESS, APPID, BY_HTTPS, KEYS, REGION, case, client, equal, proxied, refused
from sts.sts import Sts
from tencentcloud.common import credential
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.sts.v20180813 import models, sts_client

URL = "http://%s/-/sts" % ADDRESS
ACTIONS = ["name/cos:PutObject", "name/cos:GetObject"]


def sts(context, **options):
    """The STS SDK, told the address of the server; by https it keeps the name of the real service."""
    settings = {
        "secret_id": KEYS["SecretId"],
        "secret_key": KEYS["SecretKey"],
        "duration_seconds": 1800,
        "bucket": context.bucket,
        "region": REGION,
        "allow_prefix": ["allowed/*"],
        "allow_actions": ACTIONS,
    }
    if not BY_HTTPS:
        settings["url"] = URL
    settings.update(options)
    return Sts(settings)


def user_of(answer, client=client):
    """A COS client with a temporary key as the STS SDK hands it out."""
    keys = answer["credentials"]
    return client(SecretId=keys["tmpSecretId"], SecretKey=keys["tmpSecretKey"], Token=keys["sessionToken"])


def use(context, cos):
    """What the policy allows works, all else does not."""
    cos.put_object(Bucket=context.bucket, Key="allowed/a.txt", Body=b"mine")
    body = cos.get_object(Bucket=context.bucket, Key="allowed/a.txt")["Body"]
    equal(body.get_raw_stream().read(), b"mine")
    context.put("other/a.txt", b"not mine")
    refused(403, "AccessDenied", lambda: cos.get_object(Bucket=context.bucket, Key="other/a.txt"))
    refused(403, "AccessDenied", lambda: cos.put_object(Bucket=context.bucket, Key="other/b.txt", Body=b"x"))
    refused(403, "AccessDenied", lambda: cos.delete_object(Bucket=context.bucket, Key="allowed/a.txt"))
    refused(403, "AccessDenied", lambda: cos.list_objects(Bucket=context.bucket))


@case
def a_federation_token_opens_its_prefix_only(t):
    answer = sts(t).get_credential()
    equal(answer["expiredTime"] - answer["startTime"], 1800)
    use(t, user_of(answer))


@case
def a_policy_of_ones_own_is_kept(t):
    resource = "qcs::cos:%s:uid/%s:%s/allowed/*" % (REGION, APPID, t.bucket)
    statement = {"effect": "allow", "action": ACTIONS, "resource": [resource]}
    use(t, user_of(sts(t, policy={"version": "2.0", "statement": [statement]}).get_credential()))


@case
def the_names_of_the_cloud_work_by_a_proxy(t):
    options = {"url": "http://sts.tencentcloudapi.com/", "proxy": {"http": "http://" + ADDRESS}}
    use(t, user_of(sts(t, **options).get_credential()))


@case
def a_presigned_url_carries_the_token(t):
    answer = sts(t).get_credential()
    cos = user_of(answer, proxied)
    token = {"x-cos-security-token": answer["credentials"]["sessionToken"]}
    t.put("allowed/p.txt", b"presigned")
    t.put("other/p.txt", b"not for you")
    for key, status in [("allowed/p.txt", 200), ("other/p.txt", 403)]:
        url = cos.get_presigned_url(Bucket=t.bucket, Key=key, Method="GET", Params=token)
        answer = requests.get(url, proxies={"http": "http://" + ADDRESS}, timeout=20)
        equal(answer.status_code, status)


@case
def an_expired_token_is_refused(t):
    answer = sts(t, duration_seconds=2).get_credential()
    cos = user_of(answer)
    cos.put_object(Bucket=t.bucket, Key="allowed/a.txt", Body=b"mine")
    time.sleep(max(0.0, answer["expiredTime"] - time.time()) + 0.5)
    refused(400, "ExpiredToken", lambda: cos.put_object(Bucket=t.bucket, Key="allowed/a.txt", Body=b"mine"))


@case
def a_token_of_another_key_is_refused(t):
    one = sts(t).get_credential()["credentials"]
    other = sts(t).get_credential()["credentials"]
    for token in [other["sessionToken"], one["sessionToken"][:-1], "nonsense", None]:
        cos = client(SecretId=one["tmpSecretId"], SecretKey=one["tmpSecretKey"], Token=token)
        refused(403, "InvalidAccessKeyId", lambda: cos.put_object(Bucket=t.bucket, Key="allowed/a.txt", Body=b"x"))


@case
def the_sts_sdk_hears_why_it_is_refused(t):
    for options, code in [
        ({"secret_key": "wrong"}, "AuthFailure.SignatureFailure"),
        ({"secret_id": "AKIDnobody"}, "AuthFailure.SecretIdNotFound"),
        ({"duration_seconds": 7201}, "InvalidParameter.OverTimeError"),
        ({"policy": {"statement": [{"effect": "allow"}]}}, "InvalidParameter.StrategyFormatError"),
    ]:
        try:
            sts(t, **options).get_credential()
        except Exception as error:  # the SDK throws nothing more particular
            assert code in str(error), str(error)
        else:
            raise AssertionError("not refused: " + code)


def cloud(secret_id=KEYS["SecretId"], secret_key=KEYS["SecretKey"], token=None, method="POST", signature=None):
    """The SDK of the cloud, which takes the server for its proxy."""
    way = {"protocol": "http", "proxy": "http://" + ADDRESS}
    if BY_HTTPS:
        way = {"certification": os.environ["REQUESTS_CA_BUNDLE"]}
    profile = ClientProfile(httpProfile=HttpProfile(reqMethod=method, **way))
    if signature:
        profile.signMethod = signature
    return sts_client.StsClient(credential.Credential(secret_id, secret_key, token), REGION, profile)


def federation(t, **fields):
    request = models.GetFederationTokenRequest()
    request.Name = "cloud"
    resource = "qcs::cos:%s:uid/%s:%s/allowed/*" % (REGION, APPID, t.bucket)
    statement = {"effect": "allow", "action": ACTIONS, "resource": [resource]}
    request.Policy = quote(json.dumps({"version": "2.0", "statement": [statement]}))
    request.DurationSeconds = 900
    for name, value in fields.items():
        setattr(request, name, value)
    return request


def cloud_refused(code, call):
    try:
        call()
    except TencentCloudSDKException as error:
        equal(error.get_code(), code)
        assert error.get_request_id(), error
    else:
        raise AssertionError("not refused: " + code)


@case
def the_sdk_of_the_cloud_gets_a_federation_token(t):
    for method, signature in [("POST", None), ("GET", None), ("POST", "HmacSHA1"), ("GET", "HmacSHA256")]:
        answer = cloud(method=method, signature=signature).GetFederationToken(federation(t))
        keys = answer.Credentials
        cos = client(SecretId=keys.TmpSecretId, SecretKey=keys.TmpSecretKey, Token=keys.Token)
        cos.put_object(Bucket=t.bucket, Key="allowed/%s.txt" % method, Body=b"mine")
        refused(403, "AccessDenied", lambda: cos.put_object(Bucket=t.bucket, Key="other.txt", Body=b"x"))
        assert 0 < answer.ExpiredTime - time.time() <= 900, answer.ExpiredTime
        assert answer.Expiration.endswith("Z") and answer.RequestId, answer


@case
def the_sdk_of_the_cloud_learns_who_it_is(t):
    identity = cloud().GetCallerIdentity(models.GetCallerIdentityRequest())
    equal(identity.Type, "CAMUser")
    equal(identity.UserId, identity.AccountId)
    equal(identity.Arn, "qcs::cam:%s:uin/%s" % (identity.AccountId, identity.AccountId))
    keys = cloud().GetFederationToken(federation(t)).Credentials
    temporary = cloud(keys.TmpSecretId, keys.TmpSecretKey, keys.Token)
    federated = temporary.GetCallerIdentity(models.GetCallerIdentityRequest())
    equal(federated.UserId, identity.AccountId + ":cloud")
    equal(federated.Arn, "qcs::sts:%s:federated-user/%s" % (identity.AccountId, identity.AccountId))
    cloud_refused("FailedOperation.TempKeyNotAllowed", lambda: temporary.GetFederationToken(federation(t)))


@case
def the_sdk_of_the_cloud_hears_why_it_is_refused(t):
    call = federation(t)
    cloud_refused("AuthFailure.SignatureFailure", lambda: cloud(secret_key="x").GetFederationToken(call))
    cloud_refused("AuthFailure.SecretIdNotFound", lambda: cloud(secret_id="AKIDx").GetFederationToken(call))
    cloud_refused("InvalidParameter.OverTimeError", lambda: cloud().GetFederationToken(federation(t, DurationSeconds=7201)))
    cloud_refused("MissingParameter", lambda: cloud().GetFederationToken(federation(t, Name=None)))
    principal = '{"statement":[{"principal":{"qcs":["qcs::cam::uin/1:uin/1"]},"effect":"allow","action":"*","resource":"*"}]}'
    cloud_refused(
        "InvalidParameter.StrategyFormatError", lambda: cloud().GetFederationToken(federation(t, Policy=quote(principal)))
    )
    role = models.AssumeRoleRequest()
    role.RoleArn = "qcs::cam::uin/1:roleName/nobody"
    role.RoleSessionName = "session"
    cloud_refused("ResourceNotFound.RoleNotFound", lambda: cloud().AssumeRole(role))
    cloud_refused(
        "UnsupportedOperation", lambda: cloud().AssumeRoleWithSAML(models.AssumeRoleWithSAMLRequest())
    )
