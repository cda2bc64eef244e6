package coffer.conformance.sdk;

import static coffer.conformance.Policies.everybody;
import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coffer.conformance.Policies;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.exception.MultiObjectDeleteException;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.DeleteObjectsRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that touch more than one thing, and what is told to those who may not. */
@ExtendWith(SharedCoffer.class)
class RightsIT {
    @Test
    void aCopyNeedsTheRightToReadItsSource(TestBucket source, TestBucket target) {
        source.put("open", "text");
        source.put("closed", "secret");
        target.cos().setBucketAcl(target.name(), CannedAccessControlList.PublicReadWrite);
        source.cos().setObjectAcl(source.name(), "open", CannedAccessControlList.PublicRead);
        Stranger stranger = new Stranger(target);
        assertThat(stranger.send(copy(target, source, "open")).status()).isEqualTo(200);
        assertThat(target.text("copy")).isEqualTo("text");
        assertAnswered(403, "AccessDenied", stranger.send(copy(target, source, "closed")));
        // Whether it is there is nobody's business.
        assertAnswered(403, "AccessDenied", stranger.send(copy(target, source, "absent")));
        source.cos().setBucketAcl(source.name(), CannedAccessControlList.PublicRead);
        assertAnswered(404, "NoSuchKey", stranger.send(copy(target, source, "absent")));
        assertThat(target.text("copy")).isEqualTo("text");
    }

    @Test
    void aCopyNeedsTheRightToWriteItsTarget(TestBucket source, TestBucket target) {
        source.put("open", "text");
        source.cos().setBucketAcl(source.name(), CannedAccessControlList.PublicReadWrite);
        assertAnswered(403, "AccessDenied", new Stranger(target).send(copy(target, source, "open")));
        assertThat(target.cos().doesObjectExist(target.name(), "copy")).isFalse();
    }

    @Test
    void thePolicyOfTheSourceBindsTheOwnerToo(TestBucket source, TestBucket target) {
        source.put("closed", "secret");
        source.cos().setBucketPolicy(source.name(), Policies.of(everybody("deny", "GetObject", source, "closed")));
        assertRefused(
                403, "AccessDenied", () -> source.cos().copyObject(source.name(), "closed", target.name(), "copy"));
        Multipart upload = Multipart.initiate(target, "film");
        RawRequest part = bodiless(target.request("PUT", "/film?partNumber=1&uploadId=" + upload.id()))
                .header("x-cos-copy-source", source.host() + "/closed");
        assertAnswered(403, "AccessDenied", target.signed(part));
        assertThat(upload.parts().getParts()).isEmpty();
    }

    @Test
    void aPartCopyNeedsTheRightToReadItsSource(TestBucket source, TestBucket target) {
        source.put("open", "text");
        source.put("closed", "secret");
        source.cos().setObjectAcl(source.name(), "open", CannedAccessControlList.PublicRead);
        target.cos().setBucketAcl(target.name(), CannedAccessControlList.PublicReadWrite);
        Multipart upload = Multipart.initiate(target, "film");
        String part = "/film?uploadId=" + upload.id() + "&partNumber=";
        Stranger stranger = new Stranger(target);
        RawRequest open = target.request("PUT", part + 1).header("x-cos-copy-source", source.host() + "/open");
        assertThat(stranger.send(bodiless(open)).status()).isEqualTo(200);
        RawRequest closed = target.request("PUT", part + 2).header("x-cos-copy-source", source.host() + "/closed");
        assertAnswered(403, "AccessDenied", stranger.send(bodiless(closed)));
        assertThat(upload.parts().getParts()).hasSize(1);
    }

    @Test
    void ofManyKeysOnlyThoseAreDeletedThatOneMay(TestBucket bucket) {
        bucket.put("kept", "text");
        bucket.put("gone", "text");
        bucket.cos().setBucketPolicy(bucket.name(), Policies.of(everybody("deny", "DeleteObject", bucket, "kept")));
        DeleteObjectsRequest request = new DeleteObjectsRequest(bucket.name()).withKeys("gone", "kept", "absent");
        MultiObjectDeleteException partly = assertThrows(
                MultiObjectDeleteException.class, () -> bucket.cos().deleteObjects(request));
        assertThat(partly.getErrors())
                .singleElement()
                .satisfies(error ->
                        assertThat(error.getKey() + " " + error.getCode()).isEqualTo("kept AccessDenied"));
        assertThat(partly.getDeletedObjects()).hasSize(2);
        assertThat(bucket.text("kept")).isEqualTo("text");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "gone")).isFalse();
        assertRefused(
                403,
                "AccessDenied",
                () -> bucket.cos().deleteObjects(new DeleteObjectsRequest(bucket.name()).withKeys("kept")));
    }

    @Test
    void strangersDeleteManyWhereTheyMay(TestBucket bucket) {
        bucket.put("in/a", "text");
        bucket.put("b", "text");
        bucket.cos().setBucketPolicy(bucket.name(), Policies.of(everybody("allow", "DeleteObject", bucket, "in/*")));
        String list = "<Delete><Object><Key>in/a</Key></Object><Object><Key>b</Key></Object></Delete>";
        RawResponse answer = new Stranger(bucket).post("/?delete", list);
        assertThat(answer.text())
                .contains("<Deleted><Key>in/a</Key></Deleted>")
                .contains("<Error><Key>b</Key><Code>AccessDenied</Code>");
        assertThat(bucket.text("b")).isEqualTo("text");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "in/a")).isFalse();
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "DELETE, /k?versionId=null, ''",
        "DELETE, /k?VersionId=null, ''",
        "POST, /?delete, <Delete><Object><Key>k</Key><VersionId>null</VersionId></Object></Delete>",
        "GET, /k?VERSIONID=null, ''",
        "PUT, /copy, ''",
    })
    void aPolicyKnowsTheVersionWhereverItIsNamed(String method, String target, String body, TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos()
                .setBucketPolicy(
                        bucket.name(),
                        Policies.of(
                                everybody("deny", "*", bucket, "*", "{\"null_equal\":{\"cos:versionid\":\"false\"}}")));
        RawRequest request = bucket.request(method, target).body(body);
        if (method.equals("PUT")) {
            request.header("x-cos-copy-source", bucket.host() + "/k?versionId=null");
        }
        assertAnswered(403, "AccessDenied", bucket.signed(request));
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void aFormNeedsNoSignatureWhereEverybodyMayWrite(TestBucket bucket) {
        assertAnswered(403, "AccessDenied", new Stranger(bucket).send(form(bucket, "in/k", "default")));
        bucket.cos().setBucketPolicy(bucket.name(), Policies.of(everybody("allow", "PostObject", bucket, "in/*")));
        assertThat(new Stranger(bucket).send(form(bucket, "in/k", "default")).status())
                .isEqualTo(204);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).send(form(bucket, "k", "default")));
        bucket.cos().deleteBucketPolicy(bucket.name());
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        assertThat(new Stranger(bucket).send(form(bucket, "k", "private")).status())
                .isEqualTo(204);
        assertThat(bucket.text("k")).isEqualTo("text");
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
        assertAnswered(400, "InvalidArgument", new Stranger(bucket).send(form(bucket, "k", "everybody")));
    }

    @Test
    void thePolicyKnowsTheFieldsOfAForm(TestBucket bucket) {
        bucket.cos()
                .setBucketPolicy(
                        bucket.name(),
                        Policies.of(everybody(
                                "allow",
                                "PostObject",
                                bucket,
                                "*",
                                "{\"string_equal\":{\"cos:x-cos-acl\":\"private\"}}")));
        assertThat(new Stranger(bucket).send(form(bucket, "k", "private")).status())
                .isEqualTo(204);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).send(form(bucket, "k", "public-read")));
    }

    @Test
    void aMissingKeyIsForbiddenOrMissingByTheRightToRead(TestBucket bucket) {
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.get("/absent"));
        RawResponse head = stranger.head("/absent");
        assertThat(head.status()).isEqualTo(403);
        assertThat(head.header("Content-Length").orElse("0")).isEqualTo("0");
        assertThat(head.header("x-cos-request-id")).isPresent();
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        assertAnswered(404, "NoSuchKey", stranger.get("/absent"));
        assertThat(stranger.head("/absent").status()).isEqualTo(404);
    }

    /** Else a link to a public picture could be turned into a page of anybody's making. */
    @ParameterizedTest
    @ValueSource(strings = {"response-content-type=text/html", "response-expires=1", "response-cache-control="})
    void strangersMayNotChooseTheHeadersOfTheAnswer(String parameter, TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k?" + parameter));
        assertThat(new Stranger(bucket).head("/k?" + parameter).status()).isEqualTo(403);
        assertThat(bucket.signed(bucket.request("GET", "/k?" + parameter)).status())
                .isEqualTo(200);
    }

    @Test
    void nobodyIsToldToSendABodyThatHeMayNotStore(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/k")
                .header("Content-Length", "5000000000")
                .header("Expect", "100-continue");
        try (var connection = bucket.connect()) {
            connection.send(put.head());
            assertAnswered(403, "AccessDenied", connection.read(put));
        }
    }

    private static RawRequest copy(TestBucket target, TestBucket source, String key) {
        return bodiless(target.request("PUT", "/copy").header("x-cos-copy-source", source.host() + "/" + key));
    }

    private static RawRequest bodiless(RawRequest request) {
        return request.header("Content-Length", "0");
    }

    private static RawRequest form(TestBucket bucket, String key, String acl) {
        String form = field("key", key) + field("acl", acl)
                + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\ntext\r\n--b--\r\n";
        return bucket.request("POST", "/")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .body(form);
    }

    private static String field(String name, String value) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
