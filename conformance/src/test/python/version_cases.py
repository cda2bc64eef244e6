"""Versions: what is overwritten and deleted is kept and comes back."""

from runner import case, equal, refused


def enable(t, status="Enabled"):
    t.cos.put_bucket_versioning(Bucket=t.bucket, Status=status)


@case
def enables_and_suspends_versioning(t):
    enable(t)
    equal(t.cos.get_bucket_versioning(Bucket=t.bucket)["Status"], "Enabled")
    enable(t, "Suspended")
    equal(t.cos.get_bucket_versioning(Bucket=t.bucket)["Status"], "Suspended")


@case
def keeps_lists_and_reads_versions(t):
    key = "a b/旅"
    t.put(key, b"null")
    enable(t)
    first = t.put(key, b"first")["x-cos-version-id"]
    second = t.put(key, b"second")["x-cos-version-id"]
    listed = t.cos.list_objects_versions(Bucket=t.bucket)
    equal([(found["Key"], found["VersionId"], found["IsLatest"]) for found in listed["Version"]],
          [(key, second, "true"), (key, first, "false"), (key, "null", "false")])
    equal(t.get(key), b"second")
    equal(t.get(key, VersionId=first), b"first")
    equal(t.get(key, VersionId="null"), b"null")
    equal(t.cos.head_object(Bucket=t.bucket, Key=key, VersionId=first)["x-cos-version-id"], first)


@case
def pages_versions(t):
    enable(t)
    expected = []
    for key in ("a", "b"):
        expected += reversed([t.put(key, b"x")["x-cos-version-id"] for _ in range(3)])
    seen, markers = [], {}
    while True:
        page = t.cos.list_objects_versions(Bucket=t.bucket, MaxKeys=2, **markers)
        seen += [found["VersionId"] for found in page["Version"]]
        if page["IsTruncated"] == "false":
            break
        markers = {"KeyMarker": page["NextKeyMarker"], "VersionIdMarker": page["NextVersionIdMarker"]}
    equal(seen, expected)


@case
def deletes_by_a_marker_and_brings_back(t):
    enable(t)
    kept = t.put("k", b"kept")["x-cos-version-id"]
    deleted = t.cos.delete_object(Bucket=t.bucket, Key="k")
    equal(deleted["x-cos-delete-marker"], "true")
    marker = deleted["x-cos-version-id"]
    refused(404, "NoSuchKey", lambda: t.get("k"))
    equal(t.get("k", VersionId=kept), b"kept")
    markers = t.cos.list_objects_versions(Bucket=t.bucket)["DeleteMarker"]
    equal([(found["VersionId"], found["IsLatest"]) for found in markers], [(marker, "true")])
    t.cos.delete_object(Bucket=t.bucket, Key="k", VersionId=marker)
    equal(t.get("k"), b"kept")


@case
def restores_a_version_by_copying_it(t):
    enable(t)
    good = t.put("k", b"good")["x-cos-version-id"]
    t.put("k", b"bad")
    t.cos.copy_object(Bucket=t.bucket, Key="k", CopySource={
        "Bucket": t.bucket, "Region": "ap-guangzhou", "Key": "k", "VersionId": good})
    equal(t.get("k"), b"good")


@case
def empties_a_versioned_bucket(t):
    enable(t)
    for key in ("a", "a", "b"):
        t.put(key, b"x")
    t.cos.delete_objects(Bucket=t.bucket, Delete={"Object": [{"Key": "a"}, {"Key": "b"}]})
    refused(409, "BucketNotEmpty", lambda: t.cos.delete_bucket(Bucket=t.bucket))
    listed = t.cos.list_objects_versions(Bucket=t.bucket)
    named = [{"Key": found["Key"], "VersionId": found["VersionId"]}
             for found in listed["Version"] + listed["DeleteMarker"]]
    equal(len(named), 5)
    deleted = t.cos.delete_objects(Bucket=t.bucket, Delete={"Object": named})["Deleted"]
    equal([found["VersionId"] for found in deleted], [one["VersionId"] for one in named])
    t.cos.delete_bucket(Bucket=t.bucket)
