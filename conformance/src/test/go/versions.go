package main

import (
	"fmt"
	"io"

	"github.com/tencentyun/cos-go-sdk-v5"
)

func (t *T) setVersioning(status string) error {
	_, err := t.Bucket.PutVersioning(t.ctx, &cos.BucketPutVersionOptions{Status: status})
	return err
}

func (t *T) putVersion(key, text string) string {
	return t.put(key, []byte(text)).Header.Get("x-cos-version-id")
}

func (t *T) getVersion(key, id string) string {
	response, err := t.Object.Get(t.ctx, key, nil, id)
	check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	return string(body)
}

func (t *T) versions() *cos.BucketGetObjectVersionsResult {
	listed, _, err := t.Bucket.GetObjectVersions(t.ctx, nil)
	check(err)
	return listed
}

var _ = add("enables and suspends versioning", func(t *T) {
	for _, status := range []string{"Enabled", "Suspended"} {
		check(t.setVersioning(status))
		found, _, err := t.Bucket.GetVersioning(t.ctx)
		check(err)
		equal(found.Status, status)
	}
	refused(t.setVersioning("On"), 400, "InvalidArgument")
})

var _ = add("keeps, lists and reads versions", func(t *T) {
	t.put("a b/旅", []byte("null"))
	check(t.setVersioning("Enabled"))
	first := t.putVersion("a b/旅", "first")
	second := t.putVersion("a b/旅", "second")
	var seen []string
	for _, found := range t.versions().Version {
		seen = append(seen, fmt.Sprint(found.Key, " ", found.VersionId, " ", found.IsLatest))
	}
	equal(seen, []string{"a b/旅 " + second + " true", "a b/旅 " + first + " false", "a b/旅 null false"})
	same(t.get("a b/旅"), []byte("second"))
	equal(t.getVersion("a b/旅", first), "first")
	equal(t.getVersion("a b/旅", "null"), "null")
})

// For a deletion this SDK spells the parameter VersionId.
var _ = add("deletes by a marker and brings back", func(t *T) {
	check(t.setVersioning("Enabled"))
	kept := t.putVersion("k", "kept")
	deleted, err := t.Object.Delete(t.ctx, "k")
	check(err)
	equal(deleted.Header.Get("x-cos-delete-marker"), "true")
	marker := deleted.Header.Get("x-cos-version-id")
	_, err = t.Object.Get(t.ctx, "k", nil)
	refused(err, 404, "NoSuchKey")
	equal(t.getVersion("k", kept), "kept")
	equal(t.versions().DeleteMarker[0].VersionId, marker)
	_, err = t.Object.Delete(t.ctx, "k", &cos.ObjectDeleteOptions{VersionId: marker})
	check(err)
	same(t.get("k"), []byte("kept"))
	equal(len(t.versions().DeleteMarker), 0)
})

var _ = add("restores a version by copying it", func(t *T) {
	check(t.setVersioning("Enabled"))
	good := t.putVersion("k", "good")
	t.putVersion("k", "bad")
	_, _, err := t.Object.Copy(t.ctx, "k", t.host+"/k", nil, good)
	check(err)
	same(t.get("k"), []byte("good"))
})

var _ = add("empties a versioned bucket", func(t *T) {
	check(t.setVersioning("Enabled"))
	for _, key := range []string{"a", "a", "b"} {
		t.putVersion(key, "x")
	}
	_, err := t.Object.Delete(t.ctx, "a")
	check(err)
	var objects []cos.Object
	listed := t.versions()
	for _, found := range listed.Version {
		objects = append(objects, cos.Object{Key: found.Key, VersionId: found.VersionId})
	}
	for _, found := range listed.DeleteMarker {
		objects = append(objects, cos.Object{Key: found.Key, VersionId: found.VersionId})
	}
	equal(len(objects), 4)
	deleted, _, err := t.Object.DeleteMulti(t.ctx, &cos.ObjectDeleteMultiOptions{Objects: objects})
	check(err)
	equal(len(deleted.DeletedObjects), 4)
	_, err = t.Bucket.Delete(t.ctx)
	check(err)
})
