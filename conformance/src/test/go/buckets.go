package main

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/tencentyun/cos-go-sdk-v5"
)

var _ = add("lists buckets", func(t *T) {
	listed, _, err := t.Service.Get(t.ctx)
	check(err)
	for _, bucket := range listed.Buckets {
		if bucket.Name == t.bucket {
			equal(bucket.Region, os.Getenv("COFFER_REGION"))
			return
		}
	}
	panic("not listed")
})

var _ = add("pages buckets", func(t *T) {
	options, found := &cos.ServiceGetOptions{MaxKeys: 2}, false
	for {
		page, _, err := t.Service.Get(t.ctx, options)
		check(err)
		for _, bucket := range page.Buckets {
			found = found || bucket.Name == t.bucket
		}
		if !page.IsTruncated {
			break
		}
		options.Marker = page.NextMarker
	}
	equal(found, true)
})

var _ = add("knows whether a bucket exists", func(t *T) {
	there, err := t.Bucket.IsExist(t.ctx)
	check(err)
	equal(there, true)
	missing, err := newClient(hostOf("missing-1250000000"), os.Getenv("COFFER_SECRET_KEY")).Bucket.IsExist(t.ctx)
	check(err)
	equal(missing, false)
	location, _, err := t.Bucket.GetLocation(t.ctx)
	check(err)
	equal(location.Location, os.Getenv("COFFER_REGION"))
})

var _ = add("creates a bucket once and deletes it when empty", func(t *T) {
	_, err := t.Bucket.Put(t.ctx, nil)
	refused(err, 409, "BucketAlreadyOwnedByYou")
	t.put("k", []byte("x"))
	_, err = t.Bucket.Delete(t.ctx)
	refused(err, 409, "BucketNotEmpty")
	_, err = t.Object.Delete(t.ctx, "k")
	check(err)
	_, err = t.Bucket.Delete(t.ctx)
	check(err)
})

// Any refusal but 404 breaks the whole call.
var _ = add("reads all settings of a bucket", func(t *T) {
	meta, _, err := t.Bucket.GetMeta(t.ctx)
	check(err)
	equal(meta.Location, os.Getenv("COFFER_REGION"))
	equal(meta.MAZ, false)
	equal(strings.HasPrefix(meta.ACL.Owner.ID, "qcs::cam::uin/"), true)
})

var _ = add("reads the acl", func(t *T) {
	acl, _, err := t.Bucket.GetACL(t.ctx)
	check(err)
	equal(strings.HasPrefix(acl.Owner.ID, "qcs::cam::uin/"), true)
})

var _ = add("refuses wrong keys", func(t *T) {
	_, _, err := newClient(t.host, "wrong").Bucket.Get(t.ctx, nil)
	refused(err, 403, "SignatureDoesNotMatch")
})

var _ = add("reads every field of an error", func(t *T) {
	_, err := t.Object.Get(t.ctx, "absent", nil)
	refused(err, 404, "NoSuchKey")
	answer := err.(*cos.ErrorResponse)
	if answer.Message == "" || answer.Resource == "" || answer.RequestID == "" || answer.TraceID == "" {
		panic(answer)
	}
	_, err = t.Object.Head(t.ctx, "absent", nil)
	equal(cos.IsNotFoundError(err), true)
})

// The wire says host:port, and so does the signature.
var _ = add("signs the host with its port", func(t *T) {
	if byHTTPS() {
		return // a proxy for https leads to the server's own names and ports only
	}
	client := newClient(t.bucket+".cos.example.example.com:9000", os.Getenv("COFFER_SECRET_KEY"))
	_, err := client.Object.Put(t.ctx, "k", strings.NewReader("x"), nil)
	check(err)
	same(t.get("k"), []byte("x"))
})

var _ = add("works through the server as a proxy", func(t *T) {
	proxy, err := url.Parse("http://" + os.Getenv("COFFER_ADDRESS"))
	check(err)
	bucketURL, err := url.Parse("http://" + t.host)
	check(err)
	client := cos.NewClient(&cos.BaseURL{BucketURL: bucketURL}, &http.Client{Transport: &cos.AuthorizationTransport{
		SecretID:  os.Getenv("COFFER_SECRET_ID"),
		SecretKey: os.Getenv("COFFER_SECRET_KEY"),
		Transport: &http.Transport{Proxy: http.ProxyURL(proxy)},
	}})
	_, err = client.Object.Put(t.ctx, "a b/旅行+%.txt", strings.NewReader("x"), nil)
	check(err)
	same(t.get("a b/旅行+%.txt"), []byte("x"))
})

func fetch(t *T, method, link, body string) (int, string, http.Header) {
	request, err := http.NewRequestWithContext(t.ctx, method, link, strings.NewReader(body))
	check(err)
	response, err := (&http.Client{Transport: toServer()}).Do(request)
	check(err)
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	check(err)
	return response.StatusCode, string(text), response.Header
}

var _ = add("makes urls that carry their signature", func(t *T) {
	id, key := os.Getenv("COFFER_SECRET_ID"), os.Getenv("COFFER_SECRET_KEY")
	name := "a b+旅/q?.txt"
	put, err := t.Object.GetPresignedURL(t.ctx, http.MethodPut, name, id, key, time.Hour, nil)
	check(err)
	status, _, _ := fetch(t, http.MethodPut, put.String(), "text")
	equal(status, 200)
	query := url.Values{}
	query.Add("response-content-type", "text/html; charset=utf-8")
	get, err := t.Object.GetPresignedURL(t.ctx, http.MethodGet, name, id, key, time.Hour, &cos.PresignedURLOptions{Query: &query})
	check(err)
	status, body, header := fetch(t, http.MethodGet, get.String(), "")
	equal(status, 200)
	equal(body, "text")
	equal(header.Get("Content-Type"), "text/html; charset=utf-8")
	merged, err := t.Object.GetPresignedURL(
		t.ctx, http.MethodGet, name, id, key, time.Hour, &cos.PresignedURLOptions{SignMerged: true})
	check(err)
	status, body, _ = fetch(t, http.MethodGet, merged.String(), "")
	equal(status, 200)
	equal(body, "text")
})

var _ = add("says what it does not have", func(t *T) {
	_, err := t.Bucket.PutDomainCertificate(t.ctx, &cos.BucketPutDomainCertificateOptions{})
	refused(err, 501, "NotImplemented")
})

var _ = add("fetches from public addresses only", func(t *T) {
	order := &cos.PutFetchTaskOptions{Url: "http://127.0.0.1:1/a%20b", Key: "a b"}
	task, _, err := t.Object.PutFetchTask(t.ctx, t.bucket, order)
	check(err)
	equal(task.Code, 0)
	for i := 0; i < 300; i++ {
		state, _, err := t.Object.GetFetchTask(t.ctx, t.bucket, task.Data.TaskId)
		check(err)
		if state.Data.Status != "TASK_DOING" {
			equal(state.Data.Status, "TASK_FAILED")
			equal(state.Data.Code, "OriginRefused")
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	panic("the task does not end")
})

var _ = add("sets logging", func(t *T) {
	enabled := &cos.BucketLoggingEnabled{TargetBucket: t.bucket, TargetPrefix: "logs/"}
	_, err := t.Bucket.PutLogging(t.ctx, &cos.BucketPutLoggingOptions{LoggingEnabled: enabled})
	check(err)
	set, _, err := t.Bucket.GetLogging(t.ctx)
	check(err)
	equal(*set.LoggingEnabled, *enabled)
	_, err = t.Bucket.PutLogging(t.ctx, &cos.BucketPutLoggingOptions{})
	check(err)
	set, _, err = t.Bucket.GetLogging(t.ctx)
	check(err)
	equal(set.LoggingEnabled == nil, true)
})
