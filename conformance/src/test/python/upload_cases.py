"""Multipart uploads, by hand and by the high-level interface, and what it resumes."""

import os

from runner import case, equal, pattern, proxied, refused

MIB = 1024 * 1024


def initiate(t, key):
    return t.cos.create_multipart_upload(Bucket=t.bucket, Key=key)["UploadId"]


def part(t, key, upload, number, body):
    return t.cos.upload_part(Bucket=t.bucket, Key=key, Body=body, PartNumber=number, UploadId=upload)["ETag"]


def complete(t, key, upload, etags):
    parts = [{"PartNumber": i + 1, "ETag": etag} for i, etag in enumerate(etags)]
    return t.cos.complete_multipart_upload(Bucket=t.bucket, Key=key, UploadId=upload, MultipartUpload={"Part": parts})


@case
def assembles_parts(t):
    upload = initiate(t, "a b/film")
    etags = [part(t, "a b/film", upload, 1, pattern(MIB)), part(t, "a b/film", upload, 2, b"end")]
    listed = t.cos.list_parts(Bucket=t.bucket, Key="a b/film", UploadId=upload)
    equal([found["ETag"] for found in listed["Part"]], etags)
    equal((listed["Key"], listed["IsTruncated"]), ("a b/film", "false"))
    answer = complete(t, "a b/film", upload, etags)
    assert answer["ETag"].endswith('-2"'), answer
    equal(answer["Key"], "a b/film")
    equal(t.get("a b/film"), pattern(MIB) + b"end")


@case
def pages_parts(t):
    upload = initiate(t, "film")
    for number in range(1, 6):
        part(t, "film", upload, number, b"x")
    seen, marker = [], 0
    while True:
        page = t.cos.list_parts(Bucket=t.bucket, Key="film", UploadId=upload, MaxParts=2, PartNumberMarker=marker)
        seen += [int(found["PartNumber"]) for found in page["Part"]]
        if page["IsTruncated"] == "false":
            break
        marker = int(page["NextPartNumberMarker"])
    equal(seen, [1, 2, 3, 4, 5])


@case
def lists_and_pages_uploads(t):
    expected = [initiate(t, key) for key in ("a b", "a b", "c+d", "e%f")]
    seen, key_marker, id_marker = [], "", ""
    while True:
        page = t.cos.list_multipart_uploads(
            Bucket=t.bucket, KeyMarker=key_marker, UploadIdMarker=id_marker, MaxUploads=2)
        seen += [(found["Key"], found["UploadId"]) for found in page["Upload"]]
        if page["IsTruncated"] == "false":
            break
        key_marker, id_marker = page["NextKeyMarker"], page["NextUploadIdMarker"]
    equal(seen, list(zip(("a b", "a b", "c+d", "e%f"), expected)))


@case
def lists_no_uploads(t):
    answer = t.cos.list_multipart_uploads(Bucket=t.bucket)
    assert "Upload" not in answer
    equal(answer["IsTruncated"], "false")


@case
def aborts(t):
    upload = initiate(t, "film")
    t.cos.abort_multipart_upload(Bucket=t.bucket, Key="film", UploadId=upload)
    refused(404, "NoSuchUpload", lambda: part(t, "film", upload, 1, b"x"))


@case
def refuses_wrong_parts(t):
    upload = initiate(t, "film")
    etag = part(t, "film", upload, 1, b"small")
    last = part(t, "film", upload, 2, b"x")
    refused(400, "EntityTooSmall", lambda: complete(t, "film", upload, [etag, last]))
    refused(400, "InvalidPart", lambda: complete(t, "film", upload, ['"%s"' % ("0" * 32)]))


@case
def copies_a_part_without_a_range(t):
    # The range header is always sent, empty when everything is wanted.
    t.put("a", pattern(MIB))
    upload = initiate(t, "b")
    origin = {"Bucket": t.bucket, "Key": "a", "Endpoint": "cos.ap-guangzhou.myqcloud.com"}
    whole = t.cos.upload_part_copy(
        Bucket=t.bucket, Key="b", PartNumber=1, UploadId=upload, CopySource=origin)["ETag"]
    some = t.cos.upload_part_copy(
        Bucket=t.bucket, Key="b", PartNumber=2, UploadId=upload, CopySource=origin,
        CopySourceRange="bytes=16-31")["ETag"]
    complete(t, "b", upload, [whole, some])
    equal(t.get("b"), pattern(MIB) + pattern(MIB)[16:32])


@case
def uploads_and_downloads_a_file(t):
    path = t.file("up", 5 * MIB + 7)
    answer = t.cos.upload_file(Bucket=t.bucket, Key="a b+旅", LocalFilePath=path, PartSize=1, MAXThread=3, EnableMD5=True)
    assert answer["ETag"].endswith('-6"'), answer
    down = os.path.join(t.folder, "down")
    t.cos.download_file(
        Bucket=t.bucket, Key="a b+旅", DestFilePath=down, PartSize=2, MAXThread=3, EnableCRC=True)
    with open(down, "rb") as found:
        equal(found.read(), pattern(5 * MIB + 7))


@case
def resumes_the_last_upload_of_a_key(t):
    path = t.file("up", 3 * MIB)
    older = initiate(t, "film")
    part(t, "film", older, 1, b"of something else")
    newer = initiate(t, "film")
    # Sorted behind it, but of another key.
    initiate(t, "film2")
    part(t, "film", newer, 1, pattern(3 * MIB)[:MIB])
    t.cos.upload_file(Bucket=t.bucket, Key="film", LocalFilePath=path, PartSize=1, MAXThread=2)
    equal(t.get("film"), pattern(3 * MIB))
    left = t.cos.list_multipart_uploads(Bucket=t.bucket)["Upload"]
    assert newer not in [found["UploadId"] for found in left], "a new upload was begun instead"


@case
def uploads_from_a_buffer(t):
    with open(t.file("up", 3 * MIB + 1), "rb") as body:
        t.cos.upload_file_from_buffer(Bucket=t.bucket, Key="k", Body=body, PartSize=1, MaxBufferSize=2)
    equal(t.get("k"), pattern(3 * MIB + 1))


@case
def copies_a_large_object_in_parts(t):
    t.put("a", pattern(4 * MIB))
    # The SDK asks the source by its name, wherever else requests go.
    cos = proxied()
    cos.get_conf().set_copy_part_threshold_size(MIB)
    origin = {"Bucket": t.bucket, "Key": "a", "Endpoint": "cos.elsewhere.myqcloud.com"}
    cos.copy(Bucket=t.bucket, Key="b", CopySource=origin, PartSize=1, MAXThread=2)
    equal(t.get("b"), pattern(4 * MIB))
