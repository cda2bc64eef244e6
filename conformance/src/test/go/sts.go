package main

import (
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/tencentyun/cos-go-sdk-v5"
	sts "github.com/tencentyun/qcloud-cos-sts-sdk/go"
)

// Temporary keys by the STS SDK of COS, which takes host and path for the name of the service; by https it keeps the
// real one.

func temporary(t *T, secretKey string, seconds int64) (*sts.Credentials, error) {
	client := sts.NewClient(os.Getenv("COFFER_SECRET_ID"), secretKey, nil,
		sts.Scheme("http"), sts.Host(os.Getenv("COFFER_ADDRESS")+"/-/sts"))
	if byHTTPS() {
		client = sts.NewClient(os.Getenv("COFFER_SECRET_ID"), secretKey, nil)
	}
	answer, err := client.GetCredential(&sts.CredentialOptions{
		Region:          os.Getenv("COFFER_REGION"),
		DurationSeconds: seconds,
		Policy: &sts.CredentialPolicy{Statement: []sts.CredentialPolicyStatement{{
			Effect: "allow",
			Action: []string{"name/cos:PutObject", "name/cos:GetObject"},
			Resource: []string{"qcs::cos:" + os.Getenv("COFFER_REGION") + ":uid/" + os.Getenv("COFFER_APPID") + ":" +
				t.bucket + "/allowed/*"},
		}}},
	})
	if err != nil {
		return nil, err
	}
	return answer.Credentials, nil
}

func (t *T) with(keys *sts.Credentials, token string) *cos.Client {
	return cos.NewClient(t.BaseURL, &http.Client{Transport: &cos.AuthorizationTransport{
		SecretID: keys.TmpSecretID, SecretKey: keys.TmpSecretKey, SessionToken: token, Transport: toServer(),
	}})
}

func (t *T) putBy(client *cos.Client, key string) error {
	client.Conf.RetryOpt.Count = 1
	_, err := client.Object.Put(t.ctx, key, strings.NewReader("mine"), nil)
	return err
}

var _ = add("a federation token opens its prefix only", func(t *T) {
	keys, err := temporary(t, os.Getenv("COFFER_SECRET_KEY"), 1800)
	check(err)
	client := t.with(keys, keys.SessionToken)
	check(t.putBy(client, "allowed/a.txt"))
	refused(t.putBy(client, "other/a.txt"), 403, "AccessDenied")
	_, _, err = client.Bucket.Get(t.ctx, nil)
	refused(err, 403, "AccessDenied")
})

var _ = add("an expired token and one of another key are refused", func(t *T) {
	short, err := temporary(t, os.Getenv("COFFER_SECRET_KEY"), 2)
	check(err)
	client := t.with(short, short.SessionToken)
	check(t.putBy(client, "allowed/a.txt"))
	other, err := temporary(t, os.Getenv("COFFER_SECRET_KEY"), 1800)
	check(err)
	refused(t.putBy(t.with(other, short.SessionToken), "allowed/a.txt"), 403, "InvalidAccessKeyId")
	time.Sleep(2500 * time.Millisecond)
	refused(t.putBy(client, "allowed/a.txt"), 400, "ExpiredToken")
})

var _ = add("the sts sdk hears why it is refused", func(t *T) {
	_, err := temporary(t, "wrong", 1800)
	if refusal, ok := err.(*sts.CredentialError); !ok || refusal.Code != "AuthFailure.SignatureFailure" {
		panic(err)
	}
	_, err = temporary(t, os.Getenv("COFFER_SECRET_KEY"), 7201)
	if refusal, ok := err.(*sts.CredentialError); !ok || refusal.Code != "InvalidParameter.OverTimeError" {
		panic(err)
	}
})
