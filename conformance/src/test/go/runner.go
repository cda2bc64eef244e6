package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/tencentyun/cos-go-sdk-v5"
)

// T is what a case gets: a client and a bucket of its own.
type T struct {
	*cos.Client
	ctx    context.Context
	bucket string
	host   string
	folder string
}

type result struct {
	Case    string `json:"case"`
	OK      bool   `json:"ok"`
	Message string `json:"message"`
}

type namedCase struct {
	name string
	run  func(t *T)
}

var cases []namedCase

func add(name string, run func(t *T)) bool {
	cases = append(cases, namedCase{name, run})
	return true
}

// bucketName is short enough for any host, and the same every time.
func bucketName(name string) string {
	return fmt.Sprintf("go-%08x-%s", crc32.ChecksumIEEE([]byte(name)), os.Getenv("COFFER_APPID"))
}

func hostOf(bucket string) string {
	return bucket + ".cos." + os.Getenv("COFFER_REGION") + ".myqcloud.com"
}

// byHTTPS is whether programs are to run as for the real service, led here by the proxy that the environment names.
func byHTTPS() bool {
	return os.Getenv("HTTPS_PROXY") != ""
}

// toServer keeps the names of the real service and reaches the server by address.
func toServer() *http.Transport {
	if byHTTPS() {
		return &http.Transport{Proxy: http.ProxyFromEnvironment}
	}
	return &http.Transport{
		DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, os.Getenv("COFFER_ADDRESS"))
		},
	}
}

func newClient(host string, secretKey string) *cos.Client {
	scheme := "http://"
	if byHTTPS() {
		scheme = "https://"
	}
	bucketURL, err := url.Parse(scheme + host)
	check(err)
	serviceURL, err := url.Parse(scheme + "service.cos.myqcloud.com")
	check(err)
	fetchURL, err := url.Parse(scheme + os.Getenv("COFFER_REGION") + ".migration.myqcloud.com")
	check(err)
	client := cos.NewClient(&cos.BaseURL{BucketURL: bucketURL, ServiceURL: serviceURL, FetchURL: fetchURL}, &http.Client{
		Transport: &cos.AuthorizationTransport{
			SecretID:  os.Getenv("COFFER_SECRET_ID"),
			SecretKey: secretKey,
			Transport: toServer(),
		},
	})
	// A retry would hide a failure.
	client.Conf.RetryOpt.Count = 1
	return client
}

func newT(name string) *T {
	bucket := bucketName(name)
	folder := filepath.Join(os.Getenv("COFFER_SCRATCH"), bucket)
	check(os.MkdirAll(folder, 0o755))
	t := &T{newClient(hostOf(bucket), os.Getenv("COFFER_SECRET_KEY")), context.Background(), bucket, hostOf(bucket), folder}
	_, err := t.Bucket.Put(t.ctx, nil)
	check(err)
	return t
}

func (t *T) put(key string, body []byte) *cos.Response {
	response, err := t.Object.Put(t.ctx, key, bytes.NewReader(body), nil)
	check(err)
	return response
}

func (t *T) get(key string) []byte {
	response, err := t.Object.Get(t.ctx, key, nil)
	check(err)
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	check(err)
	return body
}

func (t *T) file(name string, size int) string {
	path := filepath.Join(t.folder, name)
	check(os.WriteFile(path, pattern(size), 0o644))
	return path
}

// pattern is bytes that differ from block to block.
func pattern(size int) []byte {
	var all strings.Builder
	for i := 0; all.Len() < size; i++ {
		fmt.Fprintf(&all, "%015d\n", i)
	}
	return []byte(all.String()[:size])
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func equal(actual, expected any) {
	if fmt.Sprint(actual) != fmt.Sprint(expected) {
		panic(fmt.Sprintf("expected %.300v but was %.300v", expected, actual))
	}
}

func same(actual, expected []byte) {
	if !bytes.Equal(actual, expected) {
		panic(fmt.Sprintf("%d bytes differ from the %d expected", len(actual), len(expected)))
	}
}

// refused says that a call was refused so.
func refused(err error, status int, code string) {
	var answer *cos.ErrorResponse
	if !errors.As(err, &answer) {
		panic(fmt.Sprintf("expected %d %s but was %v", status, code, err))
	}
	equal(fmt.Sprint(answer.Response.StatusCode, answer.Code), fmt.Sprint(status, code))
}

func run(c namedCase) (outcome result) {
	outcome = result{Case: c.name, OK: true}
	defer func() {
		if cause := recover(); cause != nil {
			outcome.OK, outcome.Message = false, fmt.Sprint(cause)
		}
	}()
	c.run(newT(c.name))
	return outcome
}

func main() {
	for _, c := range cases {
		line, err := json.Marshal(run(c))
		check(err)
		fmt.Println(string(line))
	}
}
