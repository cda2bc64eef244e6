"""Service and bucket operations, and how requests are addressed and signed."""

import time

import requests

from qcloud_cos.cos_exception import CosServiceError
from runner import APPID, REGION, case, client, equal, proxied, refused


@case
def lists_buckets(t):
    # By address there is no bucket in the Host: the server's own address lists the service.
    listed = t.cos.list_buckets()
    names = [bucket["Name"] for bucket in listed["Buckets"]["Bucket"]]
    assert t.bucket in names, names
    mine = [bucket for bucket in listed["Buckets"]["Bucket"] if bucket["Name"] == t.bucket][0]
    equal(mine["Location"], REGION)


@case
def pages_buckets(t):
    names, marker, truncated = [], "", True
    while truncated:
        page = t.cos.list_buckets(Marker=marker, MaxKeys=2)
        buckets = page["Buckets"]["Bucket"]
        names += [bucket["Name"] for bucket in (buckets if isinstance(buckets, list) else [buckets])]
        equal(page["Marker"] or "", marker)
        truncated = page["IsTruncated"] == "true"
        marker = page.get("NextMarker", "")
    assert t.bucket in names
    equal(len(names), len(set(names)))


@case
def knows_whether_a_bucket_exists(t):
    assert t.cos.bucket_exists(t.bucket)
    assert not t.cos.bucket_exists("missing-" + APPID)
    equal(t.cos.head_bucket(Bucket=t.bucket)["x-cos-bucket-region"], REGION)
    equal(t.cos.get_bucket_location(Bucket=t.bucket)["LocationConstraint"], REGION)


@case
def creates_a_bucket_once(t):
    refused(409, "BucketAlreadyOwnedByYou", lambda: t.cos.create_bucket(Bucket=t.bucket))


@case
def deletes_an_empty_bucket_only(t):
    t.put("k", b"x")
    refused(409, "BucketNotEmpty", lambda: t.cos.delete_bucket(Bucket=t.bucket))
    t.cos.delete_object(Bucket=t.bucket, Key="k")
    t.cos.delete_bucket(Bucket=t.bucket)
    refused(404, "NoSuchBucket", lambda: t.cos.list_objects(Bucket=t.bucket))


@case
def reads_all_settings_of_a_bucket(t):
    # Ten requests at a time; any refusal but 404 loses a part of it without a word.
    meta = t.cos.get_bucket_meta(Bucket=t.bucket)
    equal(meta["Location"], REGION)
    equal((meta["OFS"], meta["MAZ"]), (False, False))
    assert meta["ACL"]["Owner"]["ID"].startswith("qcs::cam::uin/"), meta
    for unset in ("Encryption", "Website", "CORS", "Lifecycle", "Tagging", "ObjectLock", "Replication"):
        assert not meta[unset], (unset, meta[unset])


@case
def reads_settings_nobody_made(t):
    equal(t.cos.list_bucket_inventory_configurations(Bucket=t.bucket)["IsTruncated"], "false")
    assert "Status" not in (t.cos.get_bucket_versioning(Bucket=t.bucket) or {})
    assert not (t.cos.get_bucket_referer(Bucket=t.bucket) or {}).get("Status")
    refused(404, "NoSuchBucketPolicy", lambda: t.cos.get_bucket_policy(Bucket=t.bucket))
    refused(404, "DomainConfigNotFoundError", lambda: t.cos.get_bucket_domain(Bucket=t.bucket))
    equal(t.cos.get_bucket_acl(Bucket=t.bucket)["CannedACL"], "private")


@case
def reads_every_field_of_an_error(t):
    error = refused(404, "NoSuchKey", lambda: t.get("absent"))
    assert error.get_error_msg()
    assert error.get_resource_location().endswith("/absent")
    assert error.get_request_id() and error.get_trace_id()


@case
def fabricates_the_error_of_a_head(t):
    error = refused(404, "NoSuchResource", lambda: t.cos.head_object(Bucket=t.bucket, Key="absent"))
    assert error.get_request_id() and error.get_trace_id()


@case
def refuses_wrong_keys(t):
    forger = client(SecretKey="wrong")
    refused(403, "SignatureDoesNotMatch", lambda: forger.list_objects(Bucket=t.bucket))
    stranger = client(SecretId="AKIDstranger")
    refused(403, "InvalidAccessKeyId", lambda: stranger.list_objects(Bucket=t.bucket))


@case
def refuses_the_anonymous_client(t):
    # It sends the Authorization header with nothing in it.
    nobody = client(Anonymous=True, SecretId=None, SecretKey=None)
    refused(403, "AccessDenied", lambda: nobody.list_objects(Bucket=t.bucket))


@case
def works_without_keeping_connections(t):
    once = client(KeepAlive=False)
    for i in range(3):
        once.put_object(Bucket=t.bucket, Key="k%d" % i, Body=b"x")
    equal(t.get("k2"), b"x")


@case
def works_without_signing_the_host(t):
    unsigned = client(SignHost=False)
    unsigned.put_object(Bucket=t.bucket, Key="k", Body=b"x")
    equal(t.get("k"), b"x")


@case
def works_through_the_server_as_a_proxy(t):
    for options in ({}, {"EnableOldDomain": False, "EnableInternalDomain": True}):
        cos = proxied(**options)
        cos.put_object(Bucket=t.bucket, Key="a b/旅行+%.txt", Body=b"x")
        equal(t.get("a b/旅行+%.txt"), b"x")
        cos.delete_object(Bucket=t.bucket, Key="a b/旅行+%.txt")


@case
def signs_the_host_without_its_port(t):
    cos = proxied(Endpoint="cos.%s.example.com:9000" % REGION, Region=None)
    cos.put_object(Bucket=t.bucket, Key="k", Body=b"x")
    equal(t.get("k"), b"x")


@case
def makes_urls_that_carry_their_signature(t):
    cos = proxied()
    proxies = {"http": cos.get_conf()._proxies["http"]}
    put = cos.get_presigned_url(Bucket=t.bucket, Key="a b+旅", Method="PUT", Headers={"x-cos-meta-a": "1"})
    answer = requests.put(put, data=b"text", headers={"x-cos-meta-a": "1"}, proxies=proxies, timeout=30)
    equal(answer.status_code, 200)
    get = cos.get_presigned_url(
        Bucket=t.bucket, Key="a b+旅", Method="GET", Params={"response-content-type": "text/html; charset=utf-8"})
    answer = requests.get(get, proxies=proxies, timeout=30)
    equal((answer.status_code, answer.content), (200, b"text"))
    equal(answer.headers["Content-Type"], "text/html; charset=utf-8")
    equal(answer.headers["x-cos-meta-a"], "1")
    old = cos.get_presigned_url(Bucket=t.bucket, Key="a b+旅", Method="GET", Expired=-1)
    equal(requests.get(old, proxies=proxies, timeout=30).status_code, 403)


@case
def says_what_it_does_not_have(t):
    try:
        t.cos.put_bucket_domain_certificate(
            Bucket=t.bucket, DomainCertificateConfiguration={"CertificateInfo": {"CertType": "CustomCert"}})
        raise AssertionError("not refused")
    except CosServiceError as error:
        equal((error.get_status_code(), error.get_error_code()), (501, "NotImplemented"))


@case
def fetches_from_public_addresses_only(t):
    order = {"Url": "http://127.0.0.1:1/a%20b", "Key": "a b"}
    cos = proxied()
    task = cos.put_async_fetch_task(Bucket=t.bucket, FetchTaskConfiguration=order)
    equal((task["code"], task["message"]), (0, "SUCCESS"))
    for _ in range(300):
        state = cos.get_async_fetch_task(Bucket=t.bucket, TaskId=task["data"]["taskid"])["data"]
        if state["status"] != "TASK_DOING":
            break
        time.sleep(0.1)
    equal((state["status"], state["code"]), ("TASK_FAILED", "OriginRefused"))


@case
def sets_logging(t):
    enabled = {"TargetBucket": t.bucket, "TargetPrefix": "logs/"}
    t.cos.put_bucket_logging(Bucket=t.bucket, BucketLoggingStatus={"LoggingEnabled": enabled})
    equal(t.cos.get_bucket_logging(Bucket=t.bucket)["LoggingEnabled"], enabled)
    t.cos.put_bucket_logging(Bucket=t.bucket, BucketLoggingStatus={})
    equal("LoggingEnabled" in (t.cos.get_bucket_logging(Bucket=t.bucket) or {}), False)


@case
def sets_a_website(t):
    website = {
        "IndexDocument": {"Suffix": "index.html"},
        "ErrorDocument": {"Key": "oops.html", "OriginalHttpStatus": "Disabled"},
        "RoutingRules": [
            {"Condition": {"KeyPrefixEquals": "old/"}, "Redirect": {"ReplaceKeyPrefixWith": "new/"}},
            {"Condition": {"HttpErrorCodeReturnedEquals": "404"}, "Redirect": {"ReplaceKeyWith": "a.html"}},
        ],
    }
    t.cos.put_bucket_website(Bucket=t.bucket, WebsiteConfiguration=website)
    equal(t.cos.get_bucket_website(Bucket=t.bucket), website)
    # Without rules the SDK looks for no list of them.
    t.cos.put_bucket_website(Bucket=t.bucket, WebsiteConfiguration={"IndexDocument": {"Suffix": "index.html"}})
    equal(t.cos.get_bucket_website(Bucket=t.bucket), {"IndexDocument": {"Suffix": "index.html"}})
    t.cos.delete_bucket_website(Bucket=t.bucket)
    refused(404, "NoSuchWebsiteConfiguration", lambda: t.cos.get_bucket_website(Bucket=t.bucket))
