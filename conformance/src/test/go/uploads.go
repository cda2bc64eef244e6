package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"github.com/tencentyun/cos-go-sdk-v5"
)

const mib = 1 << 20

func (t *T) initiate(key string) string {
	initiated, _, err := t.Object.InitiateMultipartUpload(t.ctx, key, nil)
	check(err)
	return initiated.UploadID
}

func (t *T) part(key, upload string, number int, body []byte) string {
	response, err := t.Object.UploadPart(t.ctx, key, upload, number, bytes.NewReader(body), nil)
	check(err)
	return response.Header.Get("ETag")
}

var _ = add("assembles parts", func(t *T) {
	upload := t.initiate("a b/film")
	one := t.part("a b/film", upload, 1, pattern(mib))
	two := t.part("a b/film", upload, 2, []byte("end"))
	listed, _, err := t.Object.ListParts(t.ctx, "a b/film", upload, nil)
	check(err)
	equal(listed.Parts[0].ETag, one)
	equal(listed.Key, "a b/film")
	done, _, err := t.Object.CompleteMultipartUpload(t.ctx, "a b/film", upload, &cos.CompleteMultipartUploadOptions{
		Parts: []cos.Object{{PartNumber: 1, ETag: one}, {PartNumber: 2, ETag: two}},
	})
	check(err)
	equal(strings.HasSuffix(done.ETag, "-2\""), true)
	same(t.get("a b/film"), append(pattern(mib), "end"...))
})

var _ = add("lists, pages and aborts uploads", func(t *T) {
	var expected, seen []string
	for _, key := range []string{"a b", "a b", "c+d", "e%f"} {
		expected = append(expected, t.initiate(key))
	}
	options := &cos.ObjectListUploadsOptions{MaxUploads: 2}
	for {
		page, _, err := t.Object.ListUploads(t.ctx, options)
		check(err)
		for _, found := range page.Upload {
			seen = append(seen, found.UploadID)
		}
		if !page.IsTruncated {
			break
		}
		options.KeyMarker, options.UploadIdMarker = page.NextKeyMarker, page.NextUploadIdMarker
	}
	equal(seen, expected)
	_, err := t.Object.AbortMultipartUpload(t.ctx, "c+d", expected[2])
	check(err)
	_, _, err = t.Object.ListParts(t.ctx, "c+d", expected[2], nil)
	refused(err, 404, "NoSuchUpload")
})

var _ = add("uploads and downloads a file in parts", func(t *T) {
	path := t.file("up", 5*mib+7)
	done, _, err := t.Object.Upload(t.ctx, "a b+旅", path, &cos.MultiUploadOptions{PartSize: 1, ThreadPoolSize: 3})
	check(err)
	equal(strings.HasSuffix(done.ETag, "-6\""), true)
	down := filepath.Join(t.folder, "down")
	_, err = t.Object.Download(t.ctx, "a b+旅", down, &cos.MultiDownloadOptions{PartSize: 1, ThreadPoolSize: 3})
	check(err)
	found, err := os.ReadFile(down)
	check(err)
	same(found, pattern(5*mib+7))
})

// The last one listed of exactly this key is resumed, and every part of it is compared.
var _ = add("resumes the last upload of a key", func(t *T) {
	path := t.file("up", 3*mib)
	older := t.initiate("film")
	t.part("film", older, 1, []byte("of something else"))
	newer := t.initiate("film")
	t.initiate("film2")
	t.part("film", newer, 1, pattern(3 * mib)[:mib])
	_, _, err := t.Object.Upload(t.ctx, "film", path, &cos.MultiUploadOptions{PartSize: 1, CheckPoint: true})
	check(err)
	same(t.get("film"), pattern(3*mib))
	left, _, err := t.Object.ListUploads(t.ctx, nil)
	check(err)
	for _, found := range left.Upload {
		if found.UploadID == newer {
			panic("a new upload was begun instead")
		}
	}
})

var _ = add("copies a large object in parts", func(t *T) {
	t.put("a", pattern(4*mib))
	_, _, err := t.Object.MultiCopy(t.ctx, "b", t.host+"/a", &cos.MultiCopyOptions{PartSize: 1})
	check(err)
	same(t.get("b"), pattern(4*mib))
	upload := t.initiate("c")
	part, _, err := t.Object.CopyPart(t.ctx, "c", upload, 1, t.host+"/a",
		&cos.ObjectCopyPartOptions{XCosCopySourceRange: "bytes=16-31"})
	check(err)
	_, _, err = t.Object.CompleteMultipartUpload(t.ctx, "c", upload, &cos.CompleteMultipartUploadOptions{
		Parts: []cos.Object{{PartNumber: 1, ETag: part.ETag}},
	})
	check(err)
	same(t.get("c"), pattern(4 * mib)[16:32])
})
