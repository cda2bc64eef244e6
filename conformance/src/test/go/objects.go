package main

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/tencentyun/cos-go-sdk-v5"
)

var awkward = []string{
	"a//b", "a/./b", "a/../b", "./a", "a/.", "folder/", "with space/ and more ", "plus+and+plus", "100%", "%2F",
	"a%2Fb", "emoji-😀", "旅行/第 1 天+晚餐*.jpg", "quotes'\"`", "amp&lt<gt>", "a?b=c#d", "semi;colon=equals:at@",
	"brackets[]{}()|\\^~!$,", "/leading", strings.Repeat("x", 850),
}

// The SDK compares the CRC-64 of every answer with its own.
var _ = add("verifies the crc of every write", func(t *T) {
	for _, size := range []int{0, 1, 65537, 3 << 20} {
		t.put("k", pattern(size))
		same(t.get("k"), pattern(size))
	}
	equal(t.put("k", []byte("123456789")).Header.Get("x-cos-hash-crc64ecma"), "11051210869376104954")
	equal(t.put("k", nil).Header.Get("x-cos-hash-crc64ecma"), "0")
})

var _ = add("sends what has no length in chunks", func(t *T) {
	_, err := t.Object.Put(t.ctx, "k", io.MultiReader(bytes.NewReader(pattern(70000))), nil)
	check(err)
	same(t.get("k"), pattern(70000))
})

var _ = add("puts and gets files", func(t *T) {
	_, err := t.Object.PutFromFile(t.ctx, "k", t.file("up", 300001), nil)
	check(err)
	down := filepath.Join(t.folder, "down")
	_, err = t.Object.GetToFile(t.ctx, "k", down, nil)
	check(err)
	found, err := os.ReadFile(down)
	check(err)
	same(found, pattern(300001))
})

var _ = add("keeps headers and metadata", func(t *T) {
	meta := &http.Header{}
	meta.Add("x-cos-meta-Some-Name", "Li Lei")
	_, err := t.Object.Put(t.ctx, "k", strings.NewReader("x"), &cos.ObjectPutOptions{
		ObjectPutHeaderOptions: &cos.ObjectPutHeaderOptions{
			ContentType:      "text/css",
			CacheControl:     "max-age=5",
			XCosStorageClass: "STANDARD_IA",
			XCosMetaXXX:      meta,
		},
	})
	check(err)
	head, err := t.Object.Head(t.ctx, "k", nil)
	check(err)
	equal(head.Header.Get("Content-Type"), "text/css")
	equal(head.Header.Get("Cache-Control"), "max-age=5")
	equal(head.Header.Get("x-cos-storage-class"), "STANDARD_IA")
	equal(head.Header.Get("x-cos-meta-some-name"), "Li Lei")
})

// Every slash of a key travels as %2F.
var _ = add("keeps awkward keys", func(t *T) {
	for _, key := range awkward {
		t.put(key, []byte(key))
		same(t.get(key), []byte(key))
		there, err := t.Object.IsExist(t.ctx, key)
		check(err)
		equal(there, true)
	}
	for _, encoding := range []string{"", "url"} {
		listed, _, err := t.Bucket.Get(t.ctx, &cos.BucketGetOptions{EncodingType: encoding})
		check(err)
		var keys []string
		for _, found := range listed.Contents {
			key := found.Key
			if encoding == "url" {
				key, err = cos.DecodeURIComponent(key)
				check(err)
			}
			keys = append(keys, key)
		}
		expected := append([]string{}, awkward...)
		sort.Strings(expected)
		equal(keys, expected)
	}
	var objects []cos.Object
	for _, key := range awkward {
		objects = append(objects, cos.Object{Key: key})
	}
	deleted, _, err := t.Object.DeleteMulti(t.ctx, &cos.ObjectDeleteMultiOptions{Objects: objects})
	check(err)
	equal(len(deleted.DeletedObjects), len(awkward))
	equal(len(deleted.Errors), 0)
})

var _ = add("reads ranges and conditions", func(t *T) {
	etag := t.put("k", []byte("123456789")).Header.Get("ETag")
	response, err := t.Object.Get(t.ctx, "k", &cos.ObjectGetOptions{Range: "bytes=2-4", ResponseContentType: "text/html"})
	check(err)
	defer response.Body.Close()
	part, err := io.ReadAll(response.Body)
	check(err)
	same(part, []byte("345"))
	equal(response.Header.Get("Content-Type"), "text/html")
	header := &http.Header{}
	header.Add("If-Match", "\"0\"")
	_, err = t.Object.Get(t.ctx, "k", &cos.ObjectGetOptions{XOptionHeader: header})
	refused(err, 412, "PreconditionFailed")
	header.Set("If-Match", etag)
	response, err = t.Object.Get(t.ctx, "k", &cos.ObjectGetOptions{XOptionHeader: header})
	check(err)
	response.Body.Close()
})

// For a version this SDK spells the parameter VersionId.
var _ = add("deletes the null version by its id", func(t *T) {
	t.put("k", []byte("x"))
	_, err := t.Object.Delete(t.ctx, "k", &cos.ObjectDeleteOptions{VersionId: "null"})
	check(err)
	there, err := t.Object.IsExist(t.ctx, "k")
	check(err)
	equal(there, false)
})

var _ = add("lists by prefix and delimiter, in pages", func(t *T) {
	for _, key := range []string{"a", "d/1", "d/2", "d/e f/3", "g+h"} {
		t.put(key, []byte("x"))
	}
	top, _, err := t.Bucket.Get(t.ctx, &cos.BucketGetOptions{Delimiter: "/"})
	check(err)
	equal(len(top.Contents), 2)
	equal(top.CommonPrefixes, []string{"d/"})
	var keys []string
	options := &cos.BucketGetOptions{MaxKeys: 2}
	for {
		page, _, err := t.Bucket.Get(t.ctx, options)
		check(err)
		for _, found := range page.Contents {
			keys = append(keys, found.Key)
		}
		if !page.IsTruncated {
			break
		}
		options.Marker = page.NextMarker
	}
	equal(keys, []string{"a", "d/1", "d/2", "d/e f/3", "g+h"})
})

var _ = add("copies", func(t *T) {
	t.put("a b/旅", []byte("text"))
	copied, _, err := t.Object.Copy(t.ctx, "copy", t.host+"/a b/旅", nil)
	check(err)
	equal(copied.ETag, "\"1cb251ec0d568de6a929b520c4aed8d1\"")
	equal(copied.CRC64 != "", true)
	same(t.get("copy"), []byte("text"))
	// With a version id the SDK encodes every slash of the source.
	_, _, err = t.Object.Copy(t.ctx, "copy2", t.host+"/a b/旅", nil, "null")
	check(err)
	same(t.get("copy2"), []byte("text"))
	_, _, err = t.Object.Copy(t.ctx, "copy3", t.host+"/missing", nil)
	equal(cos.IsNotFoundError(err), true)
})

// What the SDK calls a SHA-1 is the MD5 of the bytes it has sent.
var _ = add("appends", func(t *T) {
	position, _, err := t.Object.Append(t.ctx, "log", 0, strings.NewReader("part-one"), nil)
	check(err)
	equal(position, 8)
	position, _, err = t.Object.Append(t.ctx, "log", position, strings.NewReader("part-two"), nil)
	check(err)
	equal(position, 16)
	same(t.get("log"), []byte("part-onepart-two"))
	head, err := t.Object.Head(t.ctx, "log", nil)
	check(err)
	equal(head.Header.Get("x-cos-object-type"), "appendable")
	equal(head.Header.Get("x-cos-next-append-position"), "16")
	_, _, err = t.Object.Append(t.ctx, "log", 1, strings.NewReader("x"), nil)
	refused(err, 409, "AppendPositionErr")
})

var _ = add("keeps its connections", func(t *T) {
	for i := 0; i < 100; i++ {
		t.put("k", pattern(i))
		same(t.get("k"), pattern(i))
		_, err := t.Object.Get(t.ctx, "missing", nil)
		refused(err, 404, "NoSuchKey")
	}
})

var _ = add("restores what is archived", func(t *T) {
	_, err := t.Object.Put(t.ctx, "k", strings.NewReader("text"), &cos.ObjectPutOptions{
		ObjectPutHeaderOptions: &cos.ObjectPutHeaderOptions{XCosStorageClass: "DEEP_ARCHIVE"},
	})
	check(err)
	_, err = t.Object.Get(t.ctx, "k", nil)
	refused(err, 403, "InvalidObjectState")
	_, err = t.Object.PostRestore(t.ctx, "k", &cos.ObjectRestoreOptions{Days: 1, Tier: &cos.CASJobParameters{Tier: "Bulk"}})
	check(err)
	same(t.get("k"), []byte("text"))
	_, err = t.Object.PostRestore(t.ctx, "k", &cos.ObjectRestoreOptions{Days: 1, Tier: &cos.CASJobParameters{Tier: "Expedited"}})
	refused(err, 400, "InvalidArgument")
})

// This SDK encodes the target, slashes and all.
var _ = add("reads through a symlink", func(t *T) {
	t.put("a b/旅", []byte("text"))
	_, err := t.Object.PutSymlink(t.ctx, "links/1", &cos.ObjectPutSymlinkOptions{SymlinkTarget: "a b/旅"})
	check(err)
	target, _, err := t.Object.GetSymlink(t.ctx, "links/1", nil)
	check(err)
	equal(target, "a b/旅")
	same(t.get("links/1"), []byte("text"))
	_, _, err = t.Object.GetSymlink(t.ctx, "a b/旅", nil)
	refused(err, 400, "InvalidArgument")
})

func (t *T) selected(query string) (string, error) {
	body, err := t.Object.Select(t.ctx, "k", &cos.ObjectSelectOptions{
		Expression:          query,
		ExpressionType:      "SQL",
		InputSerialization:  &cos.SelectInputSerialization{CSV: &cos.CSVInputSerialization{FileHeaderInfo: "USE"}},
		OutputSerialization: &cos.SelectOutputSerialization{CSV: &cos.CSVOutputSerialization{}},
		RequestProgress:     "TRUE",
	})
	if err != nil {
		return "", err
	}
	defer body.Close()
	text, err := io.ReadAll(body)
	return string(text), err
}

var _ = add("selects", func(t *T) {
	t.put("k", []byte("id,name\n1,Ann\n2,Bob\n"))
	text, err := t.selected("SELECT name FROM COSObject WHERE id = 2")
	check(err)
	equal(text, "Bob\n")
	// It gives up when it hears nothing for three seconds.
	t.put("k", []byte("id,name\n"+strings.Repeat("1,"+strings.Repeat("ab", 200)+"\n", 20000)))
	text, err = t.selected("SELECT COUNT(*) FROM COSObject WHERE name LIKE '%a%b%a%b%c%'")
	check(err)
	equal(text, "0\n")
	_, err = t.selected("SELECT name FROM COSObject WHERE CAST(name AS INT) = 1")
	refused(err, 400, "CastFailed")
})
