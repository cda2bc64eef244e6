package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.JavaSdk;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.AnonymousCOSCredentials;
import com.qcloud.cos.model.AccessControlList;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CreateBucketRequest;
import com.qcloud.cos.model.Grant;
import com.qcloud.cos.model.GroupGrantee;
import com.qcloud.cos.model.Permission;
import com.qcloud.cos.model.UinGrantee;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT and GET Bucket acl, and what a bucket's ACL opens to whom. */
@Shows({"GetBucketAcl", "PutBucketAcl"})
@ExtendWith(SharedCoffer.class)
class BucketAclIT {
    private static final String EVERYBODY = "http://cam.qcloud.com/groups/global/AllUsers";

    @ParameterizedTest
    @EnumSource(
            value = CannedAccessControlList.class,
            names = {"Private", "PublicRead", "PublicReadWrite"})
    void theSdkReadsTheCannedAclThatItSet(CannedAccessControlList canned, TestBucket bucket) {
        bucket.cos().setBucketAcl(bucket.name(), canned);
        assertThat(bucket.cos().getBucketAcl(bucket.name()).getCannedAccessControl())
                .isEqualTo(canned);
    }

    @Test
    void publicReadLetsEverybodyListAndReadAndNothingElse(TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        Stranger stranger = new Stranger(bucket);
        assertThat(stranger.get("/k").text()).isEqualTo("text");
        assertThat(stranger.head("/k").header("Content-Length")).contains("4");
        assertThat(stranger.get("/").element("Key")).isEqualTo("k");
        assertThat(stranger.head("/").status()).isEqualTo(200);
        assertAnswered(404, "NoSuchKey", stranger.get("/absent"));
        assertThat(stranger.head("/absent").status()).isEqualTo(404);
        assertAnswered(403, "AccessDenied", stranger.put("/k", "mine"));
        assertAnswered(403, "AccessDenied", stranger.delete("/k"));
        assertAnswered(403, "AccessDenied", stranger.get("/?acl"));
        assertAnswered(403, "AccessDenied", stranger.get("/k?acl"));
        assertAnswered(403, "AccessDenied", stranger.get("/?cors"));
        assertAnswered(403, "AccessDenied", stranger.delete("/"));
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void publicReadWriteLetsTheSdkWorkWithoutKeys(TestBucket bucket) {
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        COSClient nobody = JavaSdk.client(bucket.server(), new AnonymousCOSCredentials());
        try {
            nobody.putObject(bucket.name(), "k", "text");
            assertThat(bucket.text("k")).isEqualTo("text");
            TestBucket open = new TestBucket(bucket.server(), nobody, bucket.name());
            Multipart upload = Multipart.initiate(open, "film");
            upload.complete(List.of(upload.part(1, 100)));
            assertThat(bucket.bytes("film")).isEqualTo(Scratch.bytes(100, 1));
            nobody.deleteObject(bucket.name(), "k");
            assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
        } finally {
            nobody.shutdown();
        }
        assertThat(bucket.cos().getObjectAcl(bucket.name(), "film").getOwner())
                .isEqualTo(bucket.cos().getBucketAcl(bucket.name()).getOwner());
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.put("/?acl", "<AccessControlPolicy/>"));
        assertAnswered(403, "AccessDenied", stranger.put("/?policy", "{}"));
        assertAnswered(403, "AccessDenied", stranger.get("/film?acl"));
    }

    @Test
    void aBucketCanBePublicFromTheStart(TestBucket other) {
        String name = Scratch.bucketName("start", other.name());
        CreateBucketRequest request = new CreateBucketRequest(name);
        request.setCannedAcl(CannedAccessControlList.PublicRead);
        other.cos().createBucket(request);
        TestBucket bucket = new TestBucket(other.server(), other.cos(), name);
        try {
            assertThat(new Stranger(bucket).get("/").status()).isEqualTo(200);
        } finally {
            other.cos().deleteBucket(name);
        }
    }

    @Test
    void authenticatedReadIsNotForStrangers(TestBucket bucket) {
        bucket.put("k", "text");
        assertThat(put(bucket, "x-cos-acl", "authenticated-read").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
        assertThat(bucket.signed(bucket.request("GET", "/?acl")).text())
                .contains("<URI>http://cam.qcloud.com/groups/global/AuthenticatedUsers</URI>");
    }

    @Test
    void theSdkReadsTheListThatItSet(TestBucket bucket) {
        AccessControlList acl = new AccessControlList();
        acl.setOwner(bucket.cos().getBucketAcl(bucket.name()).getOwner());
        UinGrantee friend = new UinGrantee("qcs::cam::uin/100000000077:uin/100000000077");
        acl.grantPermission(friend, Permission.Write);
        acl.grantPermission(GroupGrantee.AllUsers, Permission.ReadAcp);
        bucket.cos().setBucketAcl(bucket.name(), acl);
        List<Grant> grants = bucket.cos().getBucketAcl(bucket.name()).getGrantsAsList();
        assertThat(grants)
                .extracting(grant -> grant.getGrantee().getIdentifier() + " " + grant.getPermission())
                .containsExactlyInAnyOrder(
                        acl.getOwner().getId() + " FULL_CONTROL",
                        friend.getIdentifier() + " WRITE",
                        EVERYBODY + " READ_ACP");
        assertThat(new Stranger(bucket).get("/?acl").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/"));
    }

    @Test
    void headersOfBothKindsAddUp(TestBucket bucket) {
        RawRequest request = bucket.request("PUT", "/?acl")
                .header("Content-Length", "0")
                .header("x-cos-acl", "public-read")
                .header("x-cos-grant-write-acp", "id=\"100000000077\", uin=\"100000000078/100000000079\"")
                .header("x-cos-grant-full-control", "id=qcs::cam::uin/100000000080:uin/100000000081");
        assertThat(bucket.signed(request).status()).isEqualTo(200);
        assertThat(bucket.signed(bucket.request("GET", "/?acl")).text())
                .contains("<URI>" + EVERYBODY + "</URI></Grantee><Permission>READ</Permission>")
                .contains("<ID>qcs::cam::uin/100000000077:uin/100000000077</ID>")
                .contains("<ID>qcs::cam::uin/100000000078:uin/100000000079</ID>")
                .contains("<ID>qcs::cam::uin/100000000080:uin/100000000081</ID>");
    }

    @Test
    void headersCountAndTheDocumentDoesNot(TestBucket bucket) {
        RawRequest request = bucket.request("PUT", "/?acl").header("x-cos-acl", "public-read");
        assertThat(bucket.signed(request.body("<this is no ACL")).status()).isEqualTo(200);
        assertThat(new Stranger(bucket).get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CanonicalUser", "RootAccount", "SubAccount"})
    void aGranteeIsKnownByItsIdWhateverItsType(String type, TestBucket bucket) {
        String grant = """
                <Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="%s">\
                <ID>qcs::cam::anyone:anyone</ID></Grantee><Permission>READ</Permission></Grant>""".formatted(type);
        assertThat(put(bucket, document(owner(bucket), grant)).status()).isEqualTo(200);
        assertThat(new Stranger(bucket).get("/").status()).isEqualTo(200);
        // Written with one of the two types that the Java SDK understands.
        assertThat(bucket.signed(bucket.request("GET", "/?acl")).text()).contains("xsi:type=\"Group\"");
    }

    @Test
    void whoMayWriteTheAclMayOpenTheBucket(TestBucket bucket) {
        assertThat(put(bucket, document(owner(bucket), everybody("WRITE_ACP"))).status())
                .isEqualTo(200);
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.get("/"));
        RawRequest open = bucket.request("PUT", "/?acl")
                .header("x-cos-acl", "public-read")
                .header("Content-Length", "0");
        assertThat(stranger.send(open).status()).isEqualTo(200);
        assertThat(stranger.get("/").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", stranger.send(open));
    }

    @Test
    void theOwnerCannotBeLockedOut(TestBucket bucket) {
        bucket.put("k", "text");
        assertThat(put(bucket, document(owner(bucket), "")).status()).isEqualTo(200);
        assertThat(bucket.text("k")).isEqualTo("text");
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.Private);
        assertThat(bucket.cos().getBucketAcl(bucket.name()).getGrantsAsList())
                .extracting(Grant::getPermission)
                .containsExactly(Permission.FullControl);
    }

    @Test
    void anotherOwnerIsRefused(TestBucket bucket) {
        String other = "qcs::cam::uin/100000000077:uin/100000000077";
        assertAnswered(403, "AccessDenied", put(bucket, document(other, everybody("READ"))));
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/"));
    }

    @Test
    void aHundredGrantsAreTheMost(TestBucket bucket) {
        StringBuilder grants = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            grants.append("<Grant><Grantee><ID>%d</ID></Grantee><Permission>READ</Permission></Grant>"
                    .formatted(200_000_000_000L + i));
        }
        assertThat(put(bucket, document(owner(bucket), grants.toString())).status())
                .isEqualTo(200);
        assertAnswered(400, "AttachmentFull", put(bucket, document(owner(bucket), grants + everybody("READ"))));
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "x-cos-acl, public",
        "x-cos-acl, default",
        "x-cos-acl, bucket-owner-read",
        "x-cos-acl, Public-Read",
        "x-cos-grant-read, everybody",
        "x-cos-grant-read, id=\"abc\"",
        "x-cos-grant-read, uri=\"http://cam.qcloud.com/groups/global/Friends\"",
    })
    void refusesHeadersThatNameNoAclOrGrantee(String header, String value, TestBucket bucket) {
        assertAnswered(400, "InvalidArgument", put(bucket, header, value));
    }

    @Test
    void refusesDocumentsThatAreNoAcl(TestBucket bucket) {
        assertAnswered(400, "MissingRequestBodyError", put(bucket, ""));
        assertAnswered(400, "MalformedXML", put(bucket, "<AccessControlPolicy>"));
        assertAnswered(400, "MalformedXML", put(bucket, "<AccessControlPolicy/>"));
        assertAnswered(400, "MalformedXML", put(bucket, "<CORSConfiguration/>"));
        assertAnswered(400, "InvalidArgument", put(bucket, document(owner(bucket), everybody("EXECUTE"))));
        assertThat(bucket.cos().getBucketAcl(bucket.name()).getCannedAccessControl())
                .isEqualTo(CannedAccessControlList.Private);
    }

    private static String owner(TestBucket bucket) {
        return bucket.cos().getBucketAcl(bucket.name()).getOwner().getId();
    }

    private static String document(String owner, String grants) {
        return "<AccessControlPolicy><Owner><ID>" + owner + "</ID></Owner><AccessControlList>" + grants
                + "</AccessControlList></AccessControlPolicy>";
    }

    private static String everybody(String permission) {
        return "<Grant><Grantee><URI>" + EVERYBODY + "</URI></Grantee><Permission>" + permission
                + "</Permission></Grant>";
    }

    private static RawResponse put(TestBucket bucket, String document) {
        return bucket.signed(bucket.request("PUT", "/?acl").body(document));
    }

    private static RawResponse put(TestBucket bucket, String header, String value) {
        return bucket.signed(
                bucket.request("PUT", "/?acl").header(header, value).header("Content-Length", "0"));
    }
}
