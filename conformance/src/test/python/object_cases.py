"""Objects: bytes, headers, keys, lists, copies."""

import hashlib
import io

from runner import case, client, equal, pattern, refused

# But for keys that end in a dot segment: the HTTP library below the SDK folds those away.
KEYS = [
    "a//b", "a/./b", "a/../b", "./a", "folder/", "with space/ and more ", "plus+and+plus", "100%", "%2F",
    "a%2Fb", "emoji-😀", "旅行/第 1 天+晚餐*.jpg", "quotes'\"`", "amp&lt<gt>", "a?b=c#d", "semi;colon=equals:at@",
    "brackets[]{}()|\\^~!$,", "x" * 850,
]


@case
def keeps_bytes_of_every_kind(t):
    t.put("bytes", b"\x00\xff\x80")
    t.put("text", "旅行")
    t.put("empty", b"")
    with open(t.file("up", 300001), "rb") as body:
        t.put("file", body)
    t.put("stream", io.BytesIO(pattern(70000)))
    equal(t.get("bytes"), b"\x00\xff\x80")
    equal(t.get("text").decode(), "旅行")
    equal(t.get("empty"), b"")
    equal(t.get("file"), pattern(300001))
    equal(t.get("stream"), pattern(70000))


@case
def sends_what_has_no_length_in_chunks(t):
    t.put("k", (pattern(1000) for _ in range(5)))
    equal(t.get("k"), pattern(1000) * 5)


@case
def answers_checksums(t):
    answer = t.put("k", b"123456789", EnableMD5=True)
    equal(answer["ETag"], '"25f9e794323b453885f5181f1b624d0b"')
    equal(answer["x-cos-hash-crc64ecma"], "11051210869376104954")


@case
def keeps_headers_and_metadata(t):
    t.put("k", b"x", ContentType="text/css", CacheControl="max-age=5", ContentDisposition="inline",
          ContentEncoding="br", ContentLanguage="zh", Expires="Tue, 03 Feb 2032 01:02:03 GMT",
          StorageClass="STANDARD_IA", Metadata={"x-cos-meta-name": "李 雷"})
    head = t.cos.head_object(Bucket=t.bucket, Key="k")
    equal(head["Content-Type"], "text/css")
    equal(head["Cache-Control"], "max-age=5")
    equal(head["Content-Disposition"], "inline")
    equal(head["Content-Encoding"], "br")
    equal(head["Expires"], "Tue, 03 Feb 2032 01:02:03 GMT")
    equal(head["x-cos-storage-class"], "STANDARD_IA")
    equal(head["x-cos-meta-name"].encode("latin-1").decode(), "李 雷")


@case
def reads_ranges_and_overrides(t):
    t.put("k", b"123456789")
    equal(t.get("k", Range="bytes=2-4"), b"345")
    answer = t.cos.get_object(Bucket=t.bucket, Key="k", ResponseContentType="text/html", ResponseCacheControl="no-store")
    equal((answer["Content-Type"], answer["Cache-Control"]), ("text/html", "no-store"))
    refused(416, "InvalidRange", lambda: t.get("k", Range="bytes=9-"))


@case
def honours_conditions(t):
    etag = t.put("k", b"x")["ETag"]
    equal(t.get("k", IfMatch=etag), b"x")
    refused(412, "PreconditionFailed", lambda: t.get("k", IfMatch='"0"'))
    # A redirect or a 304 is no error to this SDK.
    t.cos.get_object(Bucket=t.bucket, Key="k", IfNoneMatch=etag)


@case
def keeps_awkward_keys(t):
    for key in KEYS:
        t.put(key, key.encode())
        equal(t.get(key), key.encode())
        assert t.cos.object_exists(Bucket=t.bucket, Key=key), key
    listed = [found["Key"] for found in t.cos.list_objects(Bucket=t.bucket)["Contents"]]
    equal(sorted(listed), sorted(KEYS))
    answer = t.cos.delete_objects(Bucket=t.bucket, Delete={"Object": [{"Key": key} for key in KEYS]})
    equal(sorted(deleted["Key"] for deleted in answer["Deleted"]), sorted(KEYS))
    assert "Contents" not in t.cos.list_objects(Bucket=t.bucket)


@case
def strips_one_leading_slash(t):
    t.put("/k", b"x")
    equal(t.get("k"), b"x")


@case
def lists_by_prefix_and_delimiter(t):
    for key in ("a", "d/1", "d/2", "d/e f/3", "g+h"):
        t.put(key, b"x")
    top = t.cos.list_objects(Bucket=t.bucket, Delimiter="/")
    equal([found["Key"] for found in top["Contents"]], ["a", "g+h"])
    equal([found["Prefix"] for found in top["CommonPrefixes"]], ["d/"])
    below = t.cos.list_objects(Bucket=t.bucket, Prefix="d/", Delimiter="/")
    equal([found["Prefix"] for found in below["CommonPrefixes"]], ["d/e f/"])
    equal(below["IsTruncated"], "false")


@case
def pages_a_list(t):
    keys = ["k %d+" % i for i in range(7)]
    for key in keys:
        t.put(key, b"")
    seen, marker = [], ""
    while True:
        page = t.cos.list_objects(Bucket=t.bucket, Marker=marker, MaxKeys=3)
        seen += [found["Key"] for found in page["Contents"]]
        if page["IsTruncated"] == "false":
            break
        marker = page["NextMarker"]
    equal(seen, keys)


@case
def deletes_quietly(t):
    t.put("k", b"x")
    answer = t.cos.delete_objects(
        Bucket=t.bucket, Delete={"Object": [{"Key": "k"}, {"Key": "missing"}], "Quiet": "true"})
    assert not answer or "Deleted" not in answer, answer
    assert not t.cos.object_exists(Bucket=t.bucket, Key="k")


def source(t, key, endpoint="cos.ap-guangzhou.myqcloud.com"):
    return {"Bucket": t.bucket, "Key": key, "Endpoint": endpoint}


@case
def copies_an_object(t):
    t.put("a b/旅", b"text", ContentType="text/css", Metadata={"x-cos-meta-a": "1"})
    answer = t.cos.copy_object(Bucket=t.bucket, Key="copy", CopySource=source(t, "a b/旅"))
    equal(answer["ETag"], '"%s"' % hashlib.md5(b"text").hexdigest())
    head = t.cos.head_object(Bucket=t.bucket, Key="copy")
    equal((head["Content-Type"], head["x-cos-meta-a"]), ("text/css", "1"))
    # The source's names come from the argument, whatever the client's own are.
    other = source(t, "a b/旅", "cos.elsewhere.example.com")
    equal(t.cos.copy_object(Bucket=t.bucket, Key="copy", CopySource=other)["ETag"], answer["ETag"])


@case
def changes_metadata_and_class_in_place(t):
    t.put("k", b"text", Metadata={"x-cos-meta-a": "1"})
    t.cos.update_object_meta(Bucket=t.bucket, Key="k", Metadata={"x-cos-meta-b": "2"})
    head = t.cos.head_object(Bucket=t.bucket, Key="k")
    equal(head["x-cos-meta-b"], "2")
    assert "x-cos-meta-a" not in head
    t.cos.change_object_storage_class(Bucket=t.bucket, Key="k", StorageClass="STANDARD_IA")
    equal(t.cos.head_object(Bucket=t.bucket, Key="k")["x-cos-storage-class"], "STANDARD_IA")
    equal(t.get("k"), b"text")


@case
def appends(t):
    first = t.cos.append_object(Bucket=t.bucket, Key="log", Position=0, Data=b"part-one")
    equal(first["x-cos-next-append-position"], "8")
    t.cos.append_object(Bucket=t.bucket, Key="log", Position=8, Data=b"part-two")
    equal(t.get("log"), b"part-onepart-two")
    refused(409, "AppendPositionErr",
            lambda: t.cos.append_object(Bucket=t.bucket, Key="log", Position=1, Data=b"x"))


@case
def limits_the_traffic(t):
    t.put("k", b"x", TrafficLimit="819200")
    refused(400, "InvalidArgument", lambda: t.put("k", b"x", TrafficLimit="1"))


@case
def survives_many_requests_on_few_connections(t):
    cos = client(PoolConnections=1, PoolMaxSize=1)
    for i in range(100):
        cos.put_object(Bucket=t.bucket, Key="k", Body=b"%d" % i)
        equal(cos.get_object(Bucket=t.bucket, Key="k")["Body"].get_raw_stream().read(), b"%d" % i)


@case
def restores_what_is_archived(t):
    t.put("k", b"text", StorageClass="ARCHIVE")
    refused(403, "InvalidObjectState", lambda: t.get("k"))
    t.cos.restore_object(Bucket=t.bucket, Key="k",
                         RestoreRequest={"Days": 1, "CASJobParameters": {"Tier": "Expedited"}})
    equal(t.get("k"), b"text")
    restored = t.cos.head_object(Bucket=t.bucket, Key="k")
    equal(restored["x-cos-restore"].startswith('ongoing-request="false", expiry-date="'), True)
    equal(restored["x-cos-storage-class"], "ARCHIVE")


@case
def reads_through_a_symlink(t):
    t.cos.put_bucket_versioning(Bucket=t.bucket, Status="Enabled")
    t.put("docs/a", b"text")
    made = t.cos.put_symlink(Bucket=t.bucket, SymlinkName="link", SymlinkTarget="docs/a")
    found = t.cos.get_symlink(Bucket=t.bucket, SymlinkName="link", VersionId=made["x-cos-version-id"])
    equal(found["x-cos-symlink-target"], "docs/a")
    equal(found["ETag"], made["ETag"])
    equal(t.get("link"), b"text")
    refused(404, "NoSuchVersion",
            lambda: t.cos.get_symlink(Bucket=t.bucket, SymlinkName="link", VersionId="invalid-version-id"))
    refused(404, "NoSuchKey", lambda: t.cos.get_symlink(Bucket=t.bucket, SymlinkName="invalid-sym"))


def selected(t, query, source, target):
    answer = t.cos.select_object_content(
        Bucket=t.bucket, Key="k", Expression=query, ExpressionType="SQL", InputSerialization=source,
        OutputSerialization=target)
    return answer["Payload"].get_select_result()


@case
def selects(t):
    source = {"CompressionType": "NONE", "CSV": {
        "FileHeaderInfo": "USE", "RecordDelimiter": "\n", "FieldDelimiter": ",", "QuoteCharacter": "\"",
        "QuoteEscapeCharacter": "\"", "AllowQuotedRecordDelimiter": "FALSE"}}
    csv = {"CSV": {"QuoteFields": "ASNEEDED", "RecordDelimiter": "\n", "FieldDelimiter": ","}}
    json = {"JSON": {"RecordDelimiter": "\n"}}
    t.put("k", b"id,name\n1,Ann\n2,\"Bob, B\"\n")
    equal(selected(t, "SELECT name FROM COSObject WHERE id > 1", source, csv), b'"Bob, B"\n')
    equal(selected(t, "SELECT COUNT(*) AS n FROM COSObject", source, json), b'{"n":2}\n')
    t.put("k", b'{"a":{"b":1}}\n{"a":{"b":2}}\n')
    lines = {"CompressionType": "NONE", "JSON": {"Type": "LINES"}}
    equal(selected(t, "SELECT s.a.b FROM COSObject s WHERE s.a.b = 2", lines, json), b'{"b":2}\n')
    refused(400, "SQLParsingError", lambda: selected(t, "SELECT", lines, json))
