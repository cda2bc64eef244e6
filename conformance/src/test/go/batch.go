package main

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/tencentyun/cos-go-sdk-v5"
)

// Batch jobs, which of the SDKs only this one has.

func (t *T) batchClient() (*cos.Client, *cos.BatchRequestHeaders) {
	owner := ""
	service, _, err := t.Service.Get(t.ctx)
	check(err)
	owner = service.Owner.ID[strings.LastIndex(service.Owner.ID, "/")+1:]
	scheme := "http://"
	if byHTTPS() {
		scheme = "https://"
	}
	batchURL, err := url.Parse(scheme + owner + ".cos-control." + os.Getenv("COFFER_REGION") + ".myqcloud.com")
	check(err)
	client := cos.NewClient(&cos.BaseURL{BatchURL: batchURL}, &http.Client{Transport: &cos.AuthorizationTransport{
		SecretID: os.Getenv("COFFER_SECRET_ID"), SecretKey: os.Getenv("COFFER_SECRET_KEY"), Transport: toServer(),
	}})
	client.Conf.RetryOpt.Count = 1
	appid, err := strconv.Atoi(os.Getenv("COFFER_APPID"))
	check(err)
	return client, &cos.BatchRequestHeaders{XCosAppid: appid}
}

func (t *T) copyJob(token, confirmation string, keys ...string) *cos.BatchCreateJobOptions {
	list := ""
	for _, key := range keys {
		list += t.bucket + "," + key + "\n"
	}
	etag := t.put("list.csv", []byte(list)).Header.Get("ETag")
	arn := "qcs::cos:" + os.Getenv("COFFER_REGION") + ":uid/" + os.Getenv("COFFER_APPID") + ":" + t.bucket
	return &cos.BatchCreateJobOptions{
		ClientRequestToken:   token,
		ConfirmationRequired: confirmation,
		Description:          "from Go",
		Manifest: &cos.BatchJobManifest{
			Location: &cos.BatchJobManifestLocation{ETag: etag, ObjectArn: arn + "/list.csv"},
			Spec:     &cos.BatchJobManifestSpec{Fields: []string{"Bucket", "Key"}, Format: "COSBatchOperations_CSV_V1"},
		},
		Operation: &cos.BatchJobOperation{PutObjectCopy: &cos.BatchJobOperationCopy{
			TargetResource:    arn,
			MetadataDirective: "Replaced",
			NewObjectMetadata: &cos.BatchNewObjectMetadata{
				ContentType:  "text/x-go",
				UserMetadata: []cos.BatchMetadata{{Key: "colour", Value: "red"}},
			},
		}},
		Priority: 3,
		Report: &cos.BatchJobReport{
			Bucket: arn, Enabled: "true", Format: "Report_CSV_V1", Prefix: "report", ReportScope: "AllTasks",
		},
	}
}

var _ = add("makes, confirms and lists batch jobs", func(t *T) {
	client, headers := t.batchClient()
	t.put("k", []byte("text"))
	job := t.copyJob(t.bucket, "true", "k")
	made, _, err := client.Batch.CreateJob(t.ctx, job, headers)
	check(err)
	_, _, err = client.Batch.CreateJob(t.ctx, job, headers)
	refused(err, 400, "InvalidRequest")
	await := func(status string) *cos.BatchDescribeJob {
		for i := 0; i < 1000; i++ {
			described, _, err := client.Batch.DescribeJob(t.ctx, made.JobId, headers)
			check(err)
			if described.Job.Status == status {
				return described.Job
			}
			time.Sleep(10 * time.Millisecond)
		}
		panic("the job never became " + status)
	}
	equal(await("Suspended").ProgressSummary.TotalNumberOfTasks, 1)
	_, _, err = client.Batch.UpdateJobPriority(t.ctx,
		&cos.BatchUpdatePriorityOptions{JobId: made.JobId, Priority: 30}, headers)
	check(err)
	changed, _, err := client.Batch.UpdateJobStatus(t.ctx,
		&cos.BatchUpdateStatusOptions{JobId: made.JobId, RequestedJobStatus: "Ready", StatusUpdateReason: "to do"}, headers)
	check(err)
	equal(changed.Status, "Ready")
	done := await("Complete")
	equal(done.ProgressSummary.NumberOfTasksSucceeded, 1)
	equal(done.Priority, 30)
	equal(done.Operation.PutObjectCopy.MetadataDirective, "Replaced")
	equal(done.Manifest.Spec.Fields, []string{"Bucket", "Key"})
	equal(done.Report.Prefix, "report")
	head, err := t.Object.Head(t.ctx, "k", nil)
	check(err)
	equal(head.Header.Get("Content-Type"), "text/x-go")
	equal(head.Header.Get("x-cos-meta-colour"), "red")
	same(t.get("report/job-"+made.JobId+"/results/succeeded.csv"), []byte(t.bucket+",k,,succeeded,,200,\n"))
	listed, _, err := client.Batch.ListJobs(t.ctx, &cos.BatchListJobsOptions{JobStatuses: "Complete", MaxResults: 1}, headers)
	check(err)
	equal(listed.Jobs.Members[0].JobId, made.JobId)
	_, err = client.Batch.DeleteJob(t.ctx, made.JobId, headers)
	check(err)
	_, _, err = client.Batch.DescribeJob(t.ctx, made.JobId, headers)
	refused(err, 404, "NoSuchJob")
})
