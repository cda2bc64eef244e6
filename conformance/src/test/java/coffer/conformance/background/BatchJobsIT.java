package coffer.conformance.background;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.ObjectMetadata;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs over lists of objects, their priorities and their end; the Go SDK makes them in {@code GoSdkIT}. */
@Shows({"CreateJob", "DescribeJob", "ListJobs", "UpdateJobPriority", "UpdateJobStatus", "DeleteJob"})
class BatchJobsIT {
    private static final String COPY = "<COSPutObjectCopy><TargetResource>qcs::cos:ap-guangzhou::copies-1250000000"
            + "</TargetResource>%s</COSPutObjectCopy>";

    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;
    private TestBucket copies;
    private BatchClient batch;

    @BeforeEach
    void start() {
        admin = AdminApi.startInDevelopment();
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "photos-" + Account.APPID);
        copies = TestBucket.create(admin.server(), cos, "copies-" + Account.APPID);
        String owner = cos.listBuckets().getFirst().getOwner().getId();
        batch = new BatchClient(
                admin.server(), owner.substring(owner.lastIndexOf('/') + 1), Account.SECRET_ID, Account.SECRET_KEY);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    /** Writes a list of keys, percent-encoded, and the request of a job about them. */
    private String job(String operation, List<String> keys) {
        return job(operation, keys, 5, "false");
    }

    private String job(String operation, List<String> keys, int priority, String confirmation) {
        String list = "lists/" + UUID.randomUUID() + ".csv";
        String lines =
                keys.stream().map(key -> bucket.name() + "," + key + "\n").collect(Collectors.joining());
        String etag = bucket.put(list, lines).getETag();
        return request(
                "<Location><ETag>\"" + etag + "\"</ETag><ObjectArn>qcs::cos:ap-guangzhou:uid/1250000000:"
                        + bucket.name()
                        + "/" + list
                        + "</ObjectArn></Location><Spec><Fields><member>Bucket</member><member>Key</member>"
                        + "</Fields><Format>COSBatchOperations_CSV_V1</Format></Spec>",
                operation,
                priority,
                confirmation);
    }

    private static String request(String manifest, String operation, int priority, String confirmation) {
        return "<CreateJobRequest><ClientRequestToken>" + UUID.randomUUID() + "</ClientRequestToken>"
                + "<ConfirmationRequired>" + confirmation + "</ConfirmationRequired><Description>test</Description>"
                + "<Manifest>" + manifest + "</Manifest><Operation>" + operation + "</Operation><Priority>" + priority
                + "</Priority><Report><Bucket>qcs::cos:ap-guangzhou::copies-1250000000</Bucket><Enabled>true</Enabled>"
                + "<Format>Report_CSV_V1</Format><Prefix>report</Prefix><ReportScope>AllTasks</ReportScope></Report>"
                + "</CreateJobRequest>";
    }

    private void fill(int count) {
        try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < count; i++) {
                String key = "k/%05d".formatted(i);
                Future<?> _ = clients.submit(() -> bucket.put(key, key));
            }
        }
    }

    private static List<String> keys(int count) {
        return IntStream.range(0, count).mapToObj("k/%05d"::formatted).toList();
    }

    private List<String> report(String id, String outcome) {
        return copies.text("report/job-" + id + "/results/" + outcome + ".csv")
                .lines()
                .toList();
    }

    @Test
    void copiesWhatAListNames() throws Exception {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red");
        bucket.put("a b/ä,1", "first".getBytes(UTF_8), metadata);
        bucket.put("a/2", "second");
        String operation = COPY.formatted("<PrefixReplace>true</PrefixReplace><ResourcesPrefix>a</ResourcesPrefix>"
                + "<TargetKeyPrefix>new</TargetKeyPrefix><StorageClass>STANDARD_IA</StorageClass>");
        String document = job(operation, List.of("a%20b/%C3%A4%2C1", "a/2", "a/gone", "b"));
        String id = batch.create(document);
        RawResponse job = batch.await(id, "Complete");
        assertThat(BatchClient.progress(job)).isEqualTo("4 2 2");
        assertThat(job.element("ObjectArn")).contains(":uid/1250000000:" + bucket.name());
        assertThat(job.element("TargetKeyPrefix")).isEqualTo("new");
        assertThat(job.element("TerminationDate")).endsWith("Z");
        assertThat(copies.text("new b/ä,1")).isEqualTo("first");
        assertThat(copies.text("new/2")).isEqualTo("second");
        ObjectMetadata copied = cos.getObjectMetadata(copies.name(), "new b/ä,1");
        assertThat(copied.getUserMetaDataOf("colour")).isEqualTo("red");
        assertThat(copied.getStorageClass()).isEqualTo("STANDARD_IA");
        assertThat(report(id, "succeeded"))
                .containsExactly(
                        bucket.name() + ",a%20b/%C3%A4%2C1,,succeeded,,200,", bucket.name() + ",a/2,,succeeded,,200,");
        assertThat(report(id, "failed"))
                .hasSize(2)
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(bucket.name() + ",a/gone,,failed,NoSuchKey,404,"),
                        line -> assertThat(line).startsWith(bucket.name() + ",b,,failed,InvalidRequest,400,"));
        assertThat(copies.text("report/job-" + id + "/manifest.json")).contains("TaskExecutionStatus");
        RawResponse again = batch.send("POST", "/jobs", document);
        assertThat(again.status() + " " + again.errorCode()).isEqualTo("400 InvalidRequest");
        assertThat(batch.send("DELETE", "/jobs/" + id, "").status()).isEqualTo(204);
        assertThat(batch.send("GET", "/jobs/" + id, "").errorCode()).isEqualTo("NoSuchJob");
    }

    @Test
    void copiesMayHaveOtherMetadataTagsAndAcls() throws Exception {
        bucket.put("k", "text");
        String id = batch.create(job(
                COPY.formatted("<MetadataDirective>Replaced</MetadataDirective><NewObjectMetadata>"
                        + "<ContentType>text/x-new</ContentType><SSEAlgorithm>AES256</SSEAlgorithm><UserMetadata><member>"
                        + "<Key>colour</Key><Value>blue</Value></member></UserMetadata></NewObjectMetadata>"
                        + "<TaggingDirective>Replaced</TaggingDirective><NewObjectTagging><COSTag><Key>a</Key>"
                        + "<Value>b</Value></COSTag></NewObjectTagging>"
                        + "<CannedAccessControlList>public-read</CannedAccessControlList>"
                        + "<UnModifiedSinceConstraint>4000000000</UnModifiedSinceConstraint>"),
                List.of("k")));
        batch.await(id, "Complete");
        ObjectMetadata copied = cos.getObjectMetadata(copies.name(), "k");
        assertThat(copied.getContentType()).isEqualTo("text/x-new");
        assertThat(copied.getUserMetaDataOf("colour")).isEqualTo("blue");
        assertThat(copied.getServerSideEncryption()).isEqualTo("AES256");
        assertThat(copies.exchange("GET", "/k?tagging").element("Value")).isEqualTo("b");
        assertThat(copies.exchange("GET", "/k?acl").text()).contains("AllUsers");
        assertThat(bucket.exchange(bucket.request("PUT", "/k?acl")
                                .header("x-cos-acl", "public-read")
                                .header("Content-Length", "0"))
                        .status())
                .isEqualTo(200);
        String copyingAcl = COPY.formatted(
                "<AccessControlDirective>Copy</AccessControlDirective><TargetKeyPrefix>again/</TargetKeyPrefix>");
        batch.await(batch.create(job(copyingAcl, List.of("k"))), "Complete");
        assertThat(copies.exchange("GET", "/again/k?acl").text()).contains("AllUsers");
    }

    @Test
    void restoresAndTagsWhatAListNames() throws Exception {
        ObjectMetadata archived = new ObjectMetadata();
        archived.setHeader("x-cos-storage-class", "ARCHIVE");
        bucket.put("cold", new byte[] {1}, archived);
        bucket.put("warm", "text");
        String restore = batch.create(job(
                "<COSInitiateRestoreObject><ExpirationInDays>3</ExpirationInDays><JobTier>Bulk</JobTier>"
                        + "</COSInitiateRestoreObject>",
                List.of("cold", "warm")));
        assertThat(BatchClient.progress(batch.await(restore, "Complete"))).isEqualTo("2 1 1");
        assertThat(cos.getObjectMetadata(bucket.name(), "cold").getRestoreExpirationTime())
                .isNotNull();
        assertThat(report(restore, "failed").getFirst()).contains("RestoreNonArchiveObject");
        String tag = batch.create(job(
                "<COSPutObjectTagging><TagSet><COSTag><Key>a</Key><Value>b</Value></COSTag></TagSet>"
                        + "</COSPutObjectTagging>",
                List.of("cold", "warm")));
        batch.await(tag, "Complete");
        assertThat(bucket.exchange("GET", "/warm?tagging").element("Value")).isEqualTo("b");
    }

    @Test
    void anInventoryIsAList() throws Exception {
        fill(50);
        String document = "<InventoryConfiguration><Id>once</Id><Destination><COSBucketDestination><Format>CSV</Format>"
                + "<Bucket>qcs::cos:ap-guangzhou::copies-1250000000</Bucket><Prefix>inv</Prefix></COSBucketDestination>"
                + "</Destination><IncludedObjectVersions>All</IncludedObjectVersions></InventoryConfiguration>";
        assertThat(bucket.exchange(bucket.request("POST", "/?inventory&id=once").body(document))
                        .status())
                .isEqualTo(200);
        admin.advance("PT0.001S");
        String manifest = cos.listObjects(copies.name(), "inv/").getObjectSummaries().stream()
                .map(object -> object.getKey())
                .filter(key -> key.endsWith("manifest.json"))
                .findFirst()
                .orElseThrow();
        String etag = cos.getObjectMetadata(copies.name(), manifest).getETag();
        String id = batch.create(request(
                "<Location><ETag>" + etag + "</ETag><ObjectArn>qcs::cos:ap-guangzhou::" + copies.name() + "/" + manifest
                        + "</ObjectArn></Location><Spec><Format>COSInventoryReport_CSV_V1</Format></Spec>",
                COPY.formatted("<TargetKeyPrefix>copied/</TargetKeyPrefix>"),
                1,
                "false"));
        assertThat(BatchClient.progress(batch.await(id, "Complete"))).isEqualTo("50 50 0");
        assertThat(copies.text("copied/k/00049")).isEqualTo("k/00049");
    }

    @Test
    void waitsToBeConfirmedAndCanBeCalledOff() throws Exception {
        bucket.put("k", "text");
        String first = batch.create(job(COPY.formatted(""), List.of("k"), 1, "true"));
        assertThat(batch.await(first, "Suspended").element("SuspendedCause")).isEqualTo("AwaitingConfirmation");
        assertThat(copies.exchange("GET", "/k").status()).isEqualTo(404);
        String second = batch.create(job(COPY.formatted(""), List.of("k"), 1, "true"));
        batch.await(second, "Suspended");
        RawResponse list = batch.send("GET", "/jobs?jobStatuses=Suspended&maxResults=1", "");
        assertThat(list.element("JobId")).isEqualTo(second);
        RawResponse rest = batch.send("GET", "/jobs?nextToken=" + list.element("NextToken"), "");
        assertThat(rest.elements("JobId")).containsExactly(first);
        assertThat(rest.element("Operation")).isEqualTo("COSPutObjectCopy");
        RawResponse changed = batch.send("POST", "/jobs/" + first + "/priority?priority=77", "");
        assertThat(changed.element("Priority")).isEqualTo("77");
        assertThat(batch.describe(first).element("Priority")).isEqualTo("77");
        RawResponse ready = batch.send(
                "POST", "/jobs/" + first + "/status?requestedJobStatus=Ready&statusUpdateReason=to%20do", "");
        assertThat(ready.element("StatusUpdateReason")).isEqualTo("to do");
        batch.await(first, "Complete");
        assertThat(copies.text("k")).isEqualTo("text");
        cos.deleteObject(copies.name(), "k");
        batch.send("POST", "/jobs/" + second + "/status?requestedJobStatus=Cancelled", "");
        batch.await(second, "Cancelled");
        assertThat(copies.exchange("GET", "/k").status()).isEqualTo(404);
        assertThat(batch.send("POST", "/jobs/" + second + "/status?requestedJobStatus=Ready", "")
                        .errorCode())
                .isEqualTo("InvalidRequest");
        admin.advance("P91D");
        assertThat(batch.send("GET", "/jobs", "").elements("JobId")).isEmpty();
    }

    @Test
    void aJobThatComesFirstPausesTheOther() throws Exception {
        fill(3000);
        String low =
                batch.create(job(COPY.formatted("<TargetKeyPrefix>low/</TargetKeyPrefix>"), keys(3000), 1, "false"));
        while (batch.describe(low).element("NumberOfTasksSucceeded").equals("0")) {
            Thread.sleep(5);
        }
        String high =
                batch.create(job(COPY.formatted("<TargetKeyPrefix>high/</TargetKeyPrefix>"), keys(500), 9, "false"));
        batch.await(low, "Paused");
        batch.await(high, "Complete");
        assertThat(batch.status(low)).isNotEqualTo("Complete");
        assertThat(BatchClient.progress(batch.await(low, "Complete"))).isEqualTo("3000 3000 0");
    }

    @Test
    void ofManyTasksMoreThanHalfMayNotFail() throws Exception {
        String id = batch.create(job(COPY.formatted(""), keys(5000)));
        RawResponse job = batch.await(id, "Failed");
        assertThat(job.element("FailureCode")).isEqualTo("TasksFailed");
        assertThat(Integer.parseInt(job.element("NumberOfTasksFailed"))).isBetween(1000, 1100);
        assertThat(report(id, "failed")).hasSize(Integer.parseInt(job.element("NumberOfTasksFailed")));
    }

    @Test
    void aJobThatIsKilledGoesOnAndEndsOnce() throws Exception {
        int many = 4000;
        fill(many);
        String id = batch.create(job(COPY.formatted("<TargetKeyPrefix>copied/</TargetKeyPrefix>"), keys(many)));
        int done = 0;
        while (done < 200) {
            Thread.sleep(5);
            done = Integer.parseInt(batch.describe(id).element("NumberOfTasksSucceeded"));
        }
        admin.server().kill();
        assertThat(done).isLessThan(many);
        admin.server().startAgain();
        assertThat(Integer.parseInt(batch.describe(id).element("NumberOfTasksSucceeded")))
                .isGreaterThanOrEqualTo(done);
        assertThat(BatchClient.progress(batch.await(id, "Complete"))).isEqualTo(many + " " + many + " 0");
        assertThat(report(id, "succeeded")).hasSize(many).doesNotHaveDuplicates();
        for (String key : List.of("k/00000", "k/00777", "k/03999")) {
            assertThat(copies.text("copied/" + key)).isEqualTo(key);
        }
        assertThat(copies.versions()).hasSize(many + 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Priority>5</Priority>|<Priority>-1</Priority>|400 InvalidArgument",
                "<Priority>5</Priority>||400 MalformedXML",
                "copies-1250000000</TargetResource>|missing-1250000000</TargetResource>|400 InvalidRequest",
                "<member>Key</member>|<member>Colour</member>|400 InvalidRequest",
                "COSBatchOperations_CSV_V1|CSV|400 InvalidRequest",
                "copies-1250000000</Bucket>|missing-1250000000</Bucket>|400 InvalidRequest",
                "</Operation>|<COSInitiateRestoreObject/></Operation>|400 InvalidRequest",
                "COSPutObjectCopy>|COSDeleteObject>|501 NotImplemented",
                "</TargetResource>|</TargetResource><StorageClass>WARM</StorageClass>|400 NotSupportedStorageClass",
                "</TargetResource>|</TargetResource><Colour>red</Colour>|400 MalformedXML",
                "</CreateJobRequest>|<RoleArn>qcs::cam::uin/1:roleName/none</RoleArn></CreateJobRequest>"
                        + "|400 InvalidRequest",
            })
    void badJobsAreRefused(String good, String bad, String refused) {
        String document = job(COPY.formatted(""), List.of("k"));
        assertThat(document).contains(good);
        RawResponse answer = batch.send("POST", "/jobs", document.replace(good, bad == null ? "" : bad));
        assertThat(answer.status() + " " + answer.errorCode()).as(answer.text()).isEqualTo(refused);
        assertThat(batch.send("GET", "/jobs", "").elements("JobId")).isEmpty();
    }

    @Test
    void aListThatIsNotWhatWasNamedFailsTheJobAndNothingIsDone() throws Exception {
        bucket.put("k", "text");
        String other = batch.create(job(COPY.formatted(""), List.of("k")).replaceFirst("<ETag>\"..", "<ETag>\"zz"));
        assertThat(batch.await(other, "Failed").element("FailureReason")).contains("ETag");
        String broken = batch.create(job(COPY.formatted(""), List.of("k", "%ZZ")));
        assertThat(batch.await(broken, "Failed").element("FailureReason")).contains("line 2");
        assertThat(copies.exchange("GET", "/k").status()).isEqualTo(404);
        assertThat(batch.send("GET", "/jobs/nothing", "").errorCode()).isEqualTo("NoSuchJob");
    }

    /** Tasks have the rights of who made the job, and of the role, if it names one: never more. */
    @Test
    void tasksMayNoMoreThanWhoMadeTheJob() throws Exception {
        bucket.put("mine/1", "text");
        bucket.put("other/1", "text");
        String account = "/accounts/" + Account.APPID;
        admin.call("POST", account + "/users", "{\"name\":\"worker\"}");
        admin.call(
                "PUT",
                account + "/policies/some",
                "{\"document\":{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"cos:CreateJob\","
                        + "\"cos:DescribeJob\"],\"resource\":[\"*\"]},{\"effect\":\"allow\",\"action\":[\"cos:*\"],"
                        + "\"resource\":[\"qcs::cos:*:uid/1250000000:" + bucket.name() + "/mine/*\","
                        + "\"qcs::cos:*:uid/1250000000:" + bucket.name() + "/lists/*\","
                        + "\"qcs::cos:*:uid/1250000000:" + copies.name() + "/*\"]}]}}");
        JsonNode key = admin.call("POST", account + "/keys", "{\"user\":\"worker\"}");
        BatchClient worker = new BatchClient(
                admin.server(),
                batch.uin(),
                key.get("secretId").asText(),
                key.get("secretKey").asText());
        String document = job(COPY.formatted(""), List.of("mine/1", "other/1"));
        assertThat(worker.send("POST", "/jobs", document).errorCode()).isEqualTo("AccessDenied");
        admin.call("PUT", account + "/users/worker/policies/some");
        String id = worker.create(document);
        assertThat(BatchClient.progress(worker.await(id, "Complete"))).isEqualTo("2 1 1");
        assertThat(report(id, "failed").getFirst()).contains("other/1").contains("AccessDenied");
        assertThat(copies.exchange("GET", "/other/1").status()).isEqualTo(404);
        admin.call("POST", account + "/roles", "{\"name\":\"nothing\",\"trusted\":[]}");
        String limited = worker.create(job(COPY.formatted(""), List.of("mine/1"))
                .replace(
                        "</CreateJobRequest>",
                        "<RoleArn>qcs::cam::uin/" + batch.uin() + ":roleName/nothing</RoleArn></CreateJobRequest>"));
        assertThat(worker.await(limited, "Failed").element("FailureCode")).isEqualTo("AccessDenied");
        assertThat(batch.send("GET", "/jobs", "").elements("JobId")).hasSize(2);
        assertThat(worker.send("GET", "/jobs", "").errorCode()).isEqualTo("AccessDenied");
    }
}
