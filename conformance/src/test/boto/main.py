"""What programs do with boto3; prints one JSON line a case: {"case", "ok", "message"}."""

import io
import json
import os
import sys
import traceback
import urllib.error
import urllib.request

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import ClientError

ADDRESS = "http://" + os.environ["COFFER_ADDRESS"]
SCRATCH = os.environ["COFFER_SCRATCH"]
MIB = 1024 * 1024

CASES = []


def case(function):
    """Marks a function of a client and its bucket as a case."""
    CASES.append(function)
    return function


def client(**options):
    return boto3.client(
        "s3",
        endpoint_url=ADDRESS,
        region_name="us-east-1",
        aws_access_key_id=os.environ["COFFER_SECRET_ID"],
        aws_secret_access_key=os.environ["COFFER_SECRET_KEY"],
        config=Config(retries={"total_max_attempts": 1}, **options),
    )


def equal(actual, expected):
    assert actual == expected, "expected %.200r but was %.200r" % (expected, actual)


def refused(status, code, call):
    try:
        call()
    except ClientError as error:
        equal((error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]), (status, code))
        return
    raise AssertionError("not refused")


def pattern(size):
    """Bytes that differ from block to block."""
    return b"".join(b"%015d\n" % i for i in range(size // 16 + 1))[:size]


@case
def buckets_are_named_without_a_number(s3, bucket):
    assert bucket in [found["Name"] for found in s3.list_buckets()["Buckets"]]
    s3.head_bucket(Bucket=bucket)
    refused(404, "NoSuchBucket", lambda: s3.list_objects_v2(Bucket="never-made"))


@case
def objects_come_back(s3, bucket):
    s3.put_object(Bucket=bucket, Key="ключ/a b+c", Body=b"hello", ContentType="text/x-a", Metadata={"colour": "blue"})
    answer = s3.get_object(Bucket=bucket, Key="ключ/a b+c")
    equal(answer["Body"].read(), b"hello")
    equal(answer["ContentType"], "text/x-a")
    equal(answer["Metadata"], {"colour": "blue"})
    refused(404, "NoSuchKey", lambda: s3.get_object(Bucket=bucket, Key="absent"))
    refused(404, "404", lambda: s3.head_object(Bucket=bucket, Key="absent"))


@case
def streams_are_sent_in_chunks(s3, bucket):
    for algorithm in ("CRC32", "SHA256"):
        s3.put_object(Bucket=bucket, Key="k", Body=io.BytesIO(pattern(300_000)), ChecksumAlgorithm=algorithm)
        equal(s3.get_object(Bucket=bucket, Key="k")["Body"].read(), pattern(300_000))


@case
def big_files_go_in_parts(s3, bucket):
    path = os.path.join(SCRATCH, "big")
    with open(path, "wb") as out:
        out.write(pattern(24 * MIB))
    s3.upload_file(path, bucket, "big", Config=TransferConfig(multipart_threshold=8 * MIB))
    assert s3.head_object(Bucket=bucket, Key="big")["ETag"].endswith('-3"')
    s3.download_file(bucket, "big", path + ".back")
    with open(path + ".back", "rb") as back:
        equal(back.read(), pattern(24 * MIB))


@case
def pages_hold_what_was_asked_for(s3, bucket):
    for i in range(5):
        s3.put_object(Bucket=bucket, Key="a/%d" % i, Body=b"")
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2})
    equal([[o["Key"] for o in page["Contents"]] for page in pages], [["a/0", "a/1"], ["a/2", "a/3"], ["a/4"]])
    equal(s3.list_objects(Bucket=bucket, Delimiter="/")["CommonPrefixes"], [{"Prefix": "a/"}])


@case
def urls_are_presigned(s3, bucket):
    for version in ("s3v4", "s3"):
        signer = client(signature_version=version)
        url = signer.generate_presigned_url("put_object", {"Bucket": bucket, "Key": "k"}, 60)
        urllib.request.urlopen(urllib.request.Request(url, b"hello", {"Content-Type": ""}, method="PUT"))
        url = signer.generate_presigned_url("get_object", {"Bucket": bucket, "Key": "k"}, 60)
        equal(urllib.request.urlopen(url).read(), b"hello")


@case
def forms_are_posted(s3, bucket):
    for version in ("s3v4", "s3"):
        form = client(signature_version=version).generate_presigned_post(bucket, version + "/${filename}")
        parts = ['--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % f for f in form["fields"].items()]
        parts.append('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhello\r\n--b--\r\n')
        kind = {"Content-Type": "multipart/form-data; boundary=b"}
        request = urllib.request.Request(form["url"], "".join(parts).encode(), kind)
        equal(urllib.request.urlopen(request).status, 204)
        equal(s3.get_object(Bucket=bucket, Key=version + "/a.txt")["Body"].read(), b"hello")
        broken = "".join(parts).replace('"signature"', '"x-ignore-it"').replace('"x-amz-signature"', '"x-ignore-it"')
        try:
            urllib.request.urlopen(urllib.request.Request(form["url"], broken.encode(), kind))
        except urllib.error.HTTPError as error:
            assert error.code in (400, 403), error.code
        else:
            raise AssertionError("not refused")


@case
def versions_are_kept(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="k", Body=b"1")["VersionId"]
    s3.put_object(Bucket=bucket, Key="k", Body=b"2")
    s3.delete_object(Bucket=bucket, Key="k")
    equal(s3.get_object(Bucket=bucket, Key="k", VersionId=first)["Body"].read(), b"1")
    listed = s3.list_object_versions(Bucket=bucket)
    equal((len(listed["Versions"]), len(listed["DeleteMarkers"])), (2, 1))


def selected(s3, bucket, query, source, target):
    answer = s3.select_object_content(
        Bucket=bucket, Key="k", Expression=query, ExpressionType="SQL", InputSerialization=source,
        OutputSerialization=target, RequestProgress={"Enabled": True})
    events = list(answer["Payload"])
    equal([next(iter(event)) for event in events][-3:], ["Progress", "Stats", "End"])
    return b"".join(event["Records"]["Payload"] for event in events if "Records" in event)


@case
def objects_are_queried(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"id,name\n#1,Ann\n2,Bob\n")
    csv = {"CSV": {"FileHeaderInfo": "USE"}}
    equal(selected(s3, bucket, "SELECT s.name FROM S3Object s WHERE s.id = 2", csv, {"CSV": {}}), b"Bob\n")
    equal(selected(s3, bucket, "SELECT COUNT(*) FROM S3Object", csv, {"JSON": {}}), b'{"_1":2}\n')
    s3.put_object(Bucket=bucket, Key="k", Body=b'{"a":[1,{"b":"x"}]}')
    document = {"JSON": {"Type": "DOCUMENT"}}
    equal(selected(s3, bucket, "SELECT s.b FROM S3Object[*].a[*] s WHERE s.b = 'x'", document, {"JSON": {}}),
          b'{"b":"x"}\n')
    refused(400, "SQLParsingError", lambda: selected(s3, bucket, "SELECT * FROM COSObject", csv, {"CSV": {}}))
    refused(404, "NoSuchKey", lambda: s3.select_object_content(
        Bucket=bucket, Key="gone", Expression="SELECT * FROM S3Object", ExpressionType="SQL",
        InputSerialization=csv, OutputSerialization={"CSV": {}}))


def remove(s3, bucket):
    for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
        found = page.get("Versions", []) + page.get("DeleteMarkers", [])
        named = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
        if named:
            s3.delete_objects(Bucket=bucket, Delete={"Objects": named})
    s3.delete_bucket(Bucket=bucket)


def main():
    for number, function in enumerate(CASES):
        result = {"case": function.__name__, "ok": True, "message": ""}
        try:
            s3 = client()
            bucket = "boto-%d" % number
            s3.create_bucket(Bucket=bucket)
            function(s3, bucket)
            remove(s3, bucket)
        except Exception:  # whatever it is, it is this case's failure
            result.update(ok=False, message=traceback.format_exc())
        print(json.dumps(result), flush=True)
    sys.exit(0)


main()
