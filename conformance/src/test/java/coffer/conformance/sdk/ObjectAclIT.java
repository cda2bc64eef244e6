package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AccessControlList;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.Grant;
import com.qcloud.cos.model.GroupGrantee;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.Permission;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import com.qcloud.cos.model.UinGrantee;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PUT and GET Object acl, and what an object's ACL opens to whom. */
@Shows({"GetObjectAcl", "PutObjectAcl"})
@ExtendWith(SharedCoffer.class)
class ObjectAclIT {
    @Test
    void publicReadOpensOneObjectOfAPrivateBucket(TestBucket bucket) {
        bucket.put("open", "text");
        bucket.put("closed", "text");
        bucket.cos().setObjectAcl(bucket.name(), "open", CannedAccessControlList.PublicRead);
        Stranger stranger = new Stranger(bucket);
        assertThat(stranger.get("/open").text()).isEqualTo("text");
        assertThat(stranger.head("/open").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", stranger.get("/closed"));
        assertAnswered(403, "AccessDenied", stranger.put("/open", "mine"));
        assertAnswered(403, "AccessDenied", stranger.delete("/open"));
        assertAnswered(403, "AccessDenied", stranger.get("/open?acl"));
        assertAnswered(403, "AccessDenied", stranger.get("/open?tagging"));
        assertThat(bucket.cos().getObjectAcl(bucket.name(), "open").getCannedAccessControl())
                .isEqualTo(CannedAccessControlList.PublicRead);
    }

    @Test
    void aPrivateObjectIsClosedInAPublicBucket(TestBucket bucket) {
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicReadWrite);
        bucket.put("closed", "text");
        bucket.cos().setObjectAcl(bucket.name(), "closed", CannedAccessControlList.Private);
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.get("/closed"));
        assertThat(stranger.head("/closed").status()).isEqualTo(403);
        // The bucket's WRITE is about all that is in it.
        assertThat(stranger.put("/closed", "mine").status()).isEqualTo(200);
        assertThat(stranger.get("/closed").text()).isEqualTo("mine");
    }

    @Test
    void anObjectWithoutAnAclFollowsItsBucket(TestBucket bucket) {
        bucket.put("k", "text");
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.get("/k"));
        bucket.cos().setBucketAcl(bucket.name(), CannedAccessControlList.PublicRead);
        assertThat(stranger.get("/k").status()).isEqualTo(200);
        assertThat(bucket.cos().getObjectAcl(bucket.name(), "k").isExistDefaultAcl())
                .isTrue();
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.Private);
        assertAnswered(403, "AccessDenied", stranger.get("/k"));
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.Default);
        assertThat(stranger.get("/k").status()).isEqualTo(200);
        RawResponse acl = bucket.signed(bucket.request("GET", "/k?acl"));
        assertThat(acl.header("x-cos-acl")).contains("default");
    }

    @Test
    void theSdkReadsTheListThatItSet(TestBucket bucket) {
        bucket.put("k", "text");
        AccessControlList acl = new AccessControlList();
        acl.setOwner(bucket.cos().getObjectAcl(bucket.name(), "k").getOwner());
        UinGrantee friend = new UinGrantee("qcs::cam::uin/100000000077:uin/100000000078");
        acl.grantPermission(friend, Permission.FullControl);
        acl.grantPermission(GroupGrantee.AllUsers, Permission.ReadAcp);
        bucket.cos().setObjectAcl(bucket.name(), "k", acl);
        AccessControlList read = bucket.cos().getObjectAcl(bucket.name(), "k");
        assertThat(read.getOwner().getDisplayName()).isEqualTo(acl.getOwner().getId());
        assertThat(read.getGrantsAsList())
                .extracting(grant -> grant.getGrantee().getIdentifier() + " " + grant.getPermission())
                .containsExactlyInAnyOrder(
                        acl.getOwner().getId() + " FULL_CONTROL",
                        friend.getIdentifier() + " FULL_CONTROL",
                        GroupGrantee.AllUsers.getIdentifier() + " READ_ACP");
        assertThat(new Stranger(bucket).get("/k?acl").status()).isEqualTo(200);
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "x-cos-acl, public-read",
        "x-cos-grant-read, 'id=\"100000000077\", uri=\"http://cam.qcloud.com/groups/global/AllUsers\"'",
        "x-cos-grant-full-control, id=\"qcs::cam::anyone:anyone\"",
    })
    void everyWayToWriteAnObjectTakesAnAcl(String header, String value, TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setHeader(header, value);
        bucket.put("put", "text".getBytes(UTF_8), metadata);
        RawRequest append = bucket.request("POST", "/appended?append&position=0")
                .header(header, value)
                .body("text");
        assertThat(bucket.signed(append).status()).isEqualTo(200);
        RawRequest copy = bucket.request("PUT", "/copied")
                .header("x-cos-copy-source", bucket.host() + "/put")
                .header(header, value)
                .header("Content-Length", "0");
        assertThat(bucket.signed(copy).status()).isEqualTo(200);
        RawResponse begun = bucket.signed(
                bucket.request("POST", "/parts?uploads").header(header, value).header("Content-Length", "0"));
        String upload = "/parts?uploadId=" + begun.element("UploadId");
        RawResponse part =
                bucket.signed(bucket.request("PUT", upload + "&partNumber=1").body("text"));
        String parts = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
                + part.header("ETag").orElseThrow() + "</ETag></Part></CompleteMultipartUpload>";
        assertThat(bucket.signed(bucket.request("POST", upload).body(parts)).status())
                .isEqualTo(200);
        Stranger stranger = new Stranger(bucket);
        for (String key : List.of("put", "appended", "copied", "parts")) {
            assertThat(stranger.get("/" + key).text()).as(key).isEqualTo("text");
        }
    }

    /** A new object is as its writer says, and as its bucket is if he says nothing. */
    @Test
    void neitherAnOverwriteNorACopyKeepsTheAcl(TestBucket bucket) {
        bucket.put("k", "text");
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.PublicRead);
        bucket.cos().copyObject(bucket.name(), "k", bucket.name(), "copy");
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/copy"));
        bucket.put("k", "other");
        assertAnswered(403, "AccessDenied", new Stranger(bucket).get("/k"));
    }

    @Test
    void anotherAclLeavesTheObjectAsItIs(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "red");
        bucket.put("k", "text".getBytes(UTF_8), metadata);
        ObjectMetadata before = bucket.cos().getObjectMetadata(bucket.name(), "k");
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.PublicRead);
        ObjectMetadata after = bucket.cos().getObjectMetadata(bucket.name(), "k");
        assertThat(after.getETag()).isEqualTo(before.getETag());
        assertThat(after.getLastModified()).isEqualTo(before.getLastModified());
        assertThat(after.getUserMetadata()).isEqualTo(before.getUserMetadata());
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void everyVersionHasAnAclOfItsOwn(TestBucket bucket) {
        bucket.cos()
                .setBucketVersioningConfiguration(new SetBucketVersioningConfigurationRequest(
                        bucket.name(), new BucketVersioningConfiguration(BucketVersioningConfiguration.ENABLED)));
        String first = bucket.put("k", "first").getVersionId();
        String second = bucket.put("k", "second").getVersionId();
        try {
            assertThat(aclOf(bucket, "/k?acl&versionId=" + first, "public-read").status())
                    .isEqualTo(200);
            Stranger stranger = new Stranger(bucket);
            assertThat(stranger.get("/k?versionId=" + first).text()).isEqualTo("first");
            assertAnswered(403, "AccessDenied", stranger.get("/k?versionId=" + second));
            assertAnswered(403, "AccessDenied", stranger.get("/k"));
            assertAnswered(403, "AccessDenied", stranger.get("/k?versionId=nonsense"));
            assertAnswered(404, "NoSuchVersion", aclOf(bucket, "/k?acl&versionId=nonsense", "private"));
        } finally {
            bucket.cos().deleteVersion(bucket.name(), "k", first);
            bucket.cos().deleteVersion(bucket.name(), "k", second);
        }
    }

    @Test
    void theOwnerCannotBeLockedOut(TestBucket bucket) {
        bucket.put("k", "text");
        String owner = bucket.cos().getObjectAcl(bucket.name(), "k").getOwner().getId();
        assertThat(put(bucket, document(owner, "")).status()).isEqualTo(200);
        assertThat(bucket.text("k")).isEqualTo("text");
        assertThat(bucket.cos().getObjectAcl(bucket.name(), "k").getGrantsAsList())
                .extracting(Grant::getPermission)
                .containsExactly(Permission.FullControl);
        assertThat(put(bucket, document(owner, "")).status()).isEqualTo(200);
    }

    @Test
    void whoMayWriteTheAclMayOpenTheObject(TestBucket bucket) {
        bucket.put("k", "text");
        String owner = bucket.cos().getObjectAcl(bucket.name(), "k").getOwner().getId();
        put(bucket, document(owner, grant("qcs::cam::anyone:anyone", "WRITE_ACP")));
        Stranger stranger = new Stranger(bucket);
        assertAnswered(403, "AccessDenied", stranger.get("/k"));
        RawRequest open = bucket.request("PUT", "/k?acl")
                .header("x-cos-acl", "public-read")
                .header("Content-Length", "0");
        assertThat(stranger.send(open).status()).isEqualTo(200);
        assertThat(stranger.get("/k").text()).isEqualTo("text");
    }

    @Test
    void refusesWhatIsNoAclOfAnObject(TestBucket bucket) {
        bucket.put("k", "text");
        String owner = bucket.cos().getObjectAcl(bucket.name(), "k").getOwner().getId();
        String other = "qcs::cam::uin/100000000077:uin/100000000077";
        assertAnswered(403, "AccessDenied", put(bucket, document(other, grant(owner, "READ"))));
        assertAnswered(400, "InvalidArgument", put(bucket, document(owner, grant(other, "WRITE"))));
        assertAnswered(400, "InvalidArgument", put(bucket, document(owner, grant("somebody", "READ"))));
        assertAnswered(400, "MalformedXML", put(bucket, "<AccessControlPolicy>"));
        assertAnswered(400, "MissingRequestBodyError", put(bucket, ""));
        StringBuilder tooMany = new StringBuilder();
        for (int i = 0; i < 101; i++) {
            tooMany.append(grant(Long.toString(200_000_000_000L + i), "READ"));
        }
        assertAnswered(400, "AttachmentFull", put(bucket, document(owner, tooMany.toString())));
        assertAnswered(400, "InvalidArgument", aclOf(bucket, "/k?acl", "public-read-write"));
        assertAnswered(400, "InvalidArgument", aclOf(bucket, "/k?acl", "everybody"));
        assertAnswered(404, "NoSuchKey", aclOf(bucket, "/absent?acl", "public-read"));
        assertThat(bucket.cos().getObjectAcl(bucket.name(), "k").isExistDefaultAcl())
                .isTrue();
    }

    @Test
    void anUploadWithAnUnknownAclStoresNothing(TestBucket bucket) {
        RawRequest put = bucket.request("PUT", "/k").header("x-cos-acl", "everybody");
        assertAnswered(400, "InvalidArgument", bucket.signed(put.body("text")));
        RawRequest open = bucket.request("PUT", "/k").header("x-cos-acl", "public-read-write");
        assertAnswered(400, "InvalidArgument", bucket.signed(open.body("text")));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    private static RawResponse aclOf(TestBucket bucket, String target, String canned) {
        return bucket.signed(
                bucket.request("PUT", target).header("x-cos-acl", canned).header("Content-Length", "0"));
    }

    private static RawResponse put(TestBucket bucket, String document) {
        return bucket.signed(bucket.request("PUT", "/k?acl").body(document));
    }

    private static String document(String owner, String grants) {
        return "<AccessControlPolicy><Owner><ID>" + owner + "</ID></Owner><AccessControlList>" + grants
                + "</AccessControlList></AccessControlPolicy>";
    }

    private static String grant(String id, String permission) {
        return "<Grant><Grantee><ID>" + id + "</ID></Grantee><Permission>" + permission + "</Permission></Grant>";
    }
}
