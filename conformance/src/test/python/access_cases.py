"""Who may do what: ACLs, policies, CORS, referers."""

import json

from runner import APPID, REGION, case, client, equal, refused

FRIEND = "qcs::cam::uin/100000000077:uin/100000000077"


def nobody():
    return client(Anonymous=True, SecretId=None, SecretKey=None)


def closed(t, key):
    refused(403, "AccessDenied", lambda: nobody().get_object(Bucket=t.bucket, Key=key))


def opened(t, key, **headers):
    nobody().get_object(Bucket=t.bucket, Key=key, **headers)


@case
def opens_a_bucket_by_its_acl(t):
    t.put("k", b"x")
    closed(t, "k")
    for acl in ("public-read", "public-read-write"):
        t.cos.put_bucket_acl(Bucket=t.bucket, ACL=acl)
        equal(t.cos.get_bucket_acl(Bucket=t.bucket)["CannedACL"], acl)
        opened(t, "k")
    nobody().put_object(Bucket=t.bucket, Key="new", Body=b"y")
    equal(t.get("new"), b"y")
    t.cos.put_bucket_acl(Bucket=t.bucket, ACL="private")
    closed(t, "k")
    refused(400, "InvalidArgument", lambda: t.cos.put_bucket_acl(Bucket=t.bucket, ACL="default"))


@case
def sets_the_acl_of_an_object(t):
    t.put("k", b"x", ACL="public-read")
    equal(t.cos.get_object_acl(Bucket=t.bucket, Key="k")["CannedACL"], "public-read")
    opened(t, "k")
    t.cos.put_object_acl(Bucket=t.bucket, Key="k", ACL="default")
    equal(t.cos.get_object_acl(Bucket=t.bucket, Key="k")["CannedACL"], "default")
    closed(t, "k")
    t.cos.put_object_acl(Bucket=t.bucket, Key="k", AccessControlPolicy={
        "Owner": {"ID": t.cos.get_object_acl(Bucket=t.bucket, Key="k")["Owner"]["ID"]},
        "AccessControlList": {"Grant": [{
            "Grantee": {
                "@xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "@xsi:type": "CanonicalUser",
                "ID": FRIEND,
            },
            "Permission": "READ",
        }]},
    })
    grants = t.cos.get_object_acl(Bucket=t.bucket, Key="k")["AccessControlList"]["Grant"]
    assert (FRIEND, "READ") in [(grant["Grantee"].get("ID"), grant["Permission"]) for grant in grants], grants
    closed(t, "k")


@case
def sets_reads_and_deletes_a_policy(t):
    policy = {
        "version": "2.0",
        "statement": [{
            "effect": "allow",
            "principal": {"qcs": ["qcs::cam::anyone:anyone"]},
            "action": ["name/cos:GetObject"],
            "resource": ["qcs::cos:%s:uid/%s:%s/open/*" % (REGION, APPID, t.bucket)],
        }],
    }
    t.cos.put_bucket_policy(Bucket=t.bucket, Policy=policy)
    equal(json.loads(t.cos.get_bucket_policy(Bucket=t.bucket)["Policy"]), policy)
    t.put("open/k", b"x")
    t.put("k", b"x")
    opened(t, "open/k")
    closed(t, "k")
    t.cos.delete_bucket_policy(Bucket=t.bucket)
    closed(t, "open/k")


@case
def sets_reads_and_deletes_cors_rules(t):
    rule = {
        "AllowedOrigin": ["https://*.site.example"],
        "AllowedMethod": ["GET", "PUT"],
        "AllowedHeader": ["*"],
        "ExposeHeader": ["ETag"],
        "MaxAgeSeconds": "300",
    }
    t.cos.put_bucket_cors(Bucket=t.bucket, CORSConfiguration={"CORSRule": [rule]})
    equal(t.cos.get_bucket_cors(Bucket=t.bucket)["CORSRule"], [rule])
    t.cos.delete_bucket_cors(Bucket=t.bucket)
    refused(404, "NoSuchCORSConfiguration", lambda: t.cos.get_bucket_cors(Bucket=t.bucket))


@case
def sets_reads_and_deletes_a_list_of_referers(t):
    t.put("k", b"x", ACL="public-read")
    t.cos.put_bucket_referer(Bucket=t.bucket, RefererConfiguration={
        "Status": "Enabled",
        "RefererType": "White-List",
        "DomainList": {"Domain": ["*.site.example"]},
        "EmptyReferConfiguration": "Deny",
    })
    equal(t.cos.get_bucket_referer(Bucket=t.bucket)["RefererType"], "White-List")
    closed(t, "k")
    equal(t.get("k"), b"x")
    t.cos.delete_bucket_referer(Bucket=t.bucket)
    opened(t, "k")
