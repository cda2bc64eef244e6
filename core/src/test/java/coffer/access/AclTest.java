package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ACLs as headers, as XML and as records bring them. */
class AclTest {
    private static final String OWNER = "100000000042";
    private static final String OWNER_ID = "qcs::cam::uin/100000000042:uin/100000000042";
    private static final String ALL = "http://cam.qcloud.com/groups/global/AllUsers";
    private static final String SIGNED = "http://cam.qcloud.com/groups/global/AuthenticatedUsers";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "private                   | ''",
                "public-read               | READ " + ALL,
                "public-read-write         | READ " + ALL + ", WRITE " + ALL,
                "authenticated-read        | READ " + SIGNED,
                "default                   | InvalidArgument",
                "bucket-owner-read         | InvalidArgument",
                "bucket-owner-full-control | InvalidArgument",
                "Private                   | InvalidArgument",
                "public                    | InvalidArgument",
            })
    void readsCannedAclsOfBuckets(String name, String expected) {
        assertThat(orCode(() -> AclHeaders.ofBucket(Headers.of("x-cos-acl", name))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "default                   | inherits",
                "private                   | ''",
                "public-read               | READ " + ALL,
                "authenticated-read        | READ " + SIGNED,
                "bucket-owner-read         | READ " + OWNER_ID,
                "bucket-owner-full-control | FULL_CONTROL " + OWNER_ID,
                "public-read-write         | InvalidArgument",
                "other                     | InvalidArgument",
            })
    void readsCannedAclsOfObjects(String name, String expected) {
        Headers headers = Headers.of("x-cos-acl", name);
        if (expected.equals("inherits")) {
            assertThat(AclHeaders.ofObject(headers, OWNER)).isEmpty();
        } else {
            assertThat(orCode(() -> AclHeaders.ofObject(headers, OWNER).orElseThrow()))
                    .isEqualTo(expected);
        }
    }

    /** The forms the SDKs and the documents write. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "id=\"1\"                                   | READ qcs::cam::uin/1:uin/1",
                "id=1                                       | READ qcs::cam::uin/1:uin/1",
                "uin=\"1\"                                  | READ qcs::cam::uin/1:uin/1",
                "id=\"1/2\"                                 | READ qcs::cam::uin/1:uin/2",
                "id=\"qcs::cam::uin/1:uin/2\"               | READ qcs::cam::uin/1:uin/2",
                "uin=\"qcs::cam::uin/1:uin/1\"              | READ qcs::cam::uin/1:uin/1",
                "id=\"qcs::cam::anyone:anyone\"             | READ " + ALL,
                "uri=\"" + ALL + "\"                        | READ " + ALL,
                "uri=\"" + SIGNED + "\"                     | READ " + SIGNED,
                "uri=\"http://acs.amazonaws.com/groups/global/AllUsers\" | READ " + ALL,
                "uri=http://acs.amazonaws.com/groups/global/AuthenticatedUsers | READ " + SIGNED,
                "id=\"1\",id=\"2\"                          | READ qcs::cam::uin/1:uin/1, READ qcs::cam::uin/2:uin/2",
                "id=\"1\" , uin = 2                         | READ qcs::cam::uin/1:uin/1, READ qcs::cam::uin/2:uin/2",
                "id=\"1\", id=\"1\"                         | READ qcs::cam::uin/1:uin/1",
                "id=\"\"                                    | InvalidArgument",
                "id=\"a\"                                   | InvalidArgument",
                "id=\"1/2/3\"                               | InvalidArgument",
                "1                                          | InvalidArgument",
                "id=\"1\",                                  | InvalidArgument",
                "emailAddress=\"a@example.org\"             | InvalidArgument",
                "uri=\"http://example.org/AllUsers\"        | InvalidArgument",
                "id=\"qcs::cam::uin/1:uin/*\"               | InvalidArgument",
                "id=\"qcs::cam::uin/1:roleName/r\"          | InvalidArgument",
            })
    void readsGranteesInHeaders(String value, String expected) {
        assertThat(orCode(() -> AclHeaders.ofBucket(Headers.of("x-cos-grant-read", value))))
                .isEqualTo(expected);
    }

    @Test
    void addsUpWhatHeadersGrant() {
        Headers headers = Headers.of(
                "x-cos-acl", "public-read",
                "X-Cos-Grant-Write", "id=\"1\"",
                "x-cos-grant-read-acp", "id=\"2\"",
                "x-cos-grant-write-acp", "id=\"3\"",
                "x-cos-grant-full-control", "id=\"4\"",
                "x-cos-grant-full-control", "id=\"5\"");
        assertThat(text(AclHeaders.ofBucket(headers)))
                .isEqualTo("READ " + ALL + ", WRITE qcs::cam::uin/1:uin/1, READ_ACP qcs::cam::uin/2:uin/2,"
                        + " WRITE_ACP qcs::cam::uin/3:uin/3, FULL_CONTROL qcs::cam::uin/4:uin/4,"
                        + " FULL_CONTROL qcs::cam::uin/5:uin/5");
        assertThat(text(AclHeaders.ofObject(headers, OWNER).orElseThrow())).doesNotContain("WRITE qcs");
    }

    @Test
    void anObjectHasAnAclOfItsOwnOnlyIfHeadersSaySo() {
        assertThat(AclHeaders.ofObject(Headers.NONE, OWNER)).isEmpty();
        assertThat(AclHeaders.ofObject(Headers.of("x-cos-acl", ""), OWNER)).isEmpty();
        assertThat(AclHeaders.ofObject(Headers.of("x-cos-grant-write", "id=\"1\""), OWNER))
                .isEmpty();
        assertThat(AclHeaders.ofObject(Headers.of("x-cos-acl", "private"), OWNER))
                .contains(Acl.PRIVATE);
        assertThat(AclHeaders.ofObject(Headers.of("x-cos-acl", "default", "x-cos-grant-read", "id=1"), OWNER)
                        .map(AclTest::text))
                .contains("READ qcs::cam::uin/1:uin/1");
        assertThat(AclHeaders.areIn(Headers.of("x-cos-acl", "", "x-cos-grant-read", "")))
                .isFalse();
        assertThat(AclHeaders.areIn(Headers.of("x-cos-acl", "default"))).isTrue();
        assertThat(AclHeaders.areIn(Headers.of("x-cos-grant-write", "id=1"))).isTrue();
    }

    /** What the SDKs write for a grantee. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Grantee xsi:type=\"CanonicalUser\"><ID>qcs::cam::uin/1:uin/2</ID><DisplayName>x</DisplayName></Grantee> | qcs::cam::uin/1:uin/2",
                "<Grantee xsi:type=\"RootAccount\"><ID>qcs::cam::uin/1:uin/1</ID></Grantee> | qcs::cam::uin/1:uin/1",
                "<Grantee><ID>1</ID></Grantee> | qcs::cam::uin/1:uin/1",
                "<Grantee><ID>1/2</ID></Grantee> | qcs::cam::uin/1:uin/2",
                "<Grantee><Type>CanonicalUser</Type><ID>1</ID></Grantee> | qcs::cam::uin/1:uin/1",
                "<Grantee type=\"RootAccount\"><uin>1</uin></Grantee> | qcs::cam::uin/1:uin/1",
                "<Grantee type=\"SubAccount\"><uin>1</uin><Subaccount>2</Subaccount></Grantee> | qcs::cam::uin/1:uin/2",
                "<Grantee><uin></uin><ID>3</ID></Grantee> | qcs::cam::uin/3:uin/3",
                "<Grantee xsi:type=\"Group\"><URI>" + ALL + "</URI></Grantee> | " + ALL,
                "<Grantee><URI> " + SIGNED + " </URI></Grantee> | " + SIGNED,
                "<Grantee><ID>qcs::cam::anyone:anyone</ID></Grantee> | " + ALL,
                "<Grantee></Grantee> | MalformedXML",
                "<Grantee><DisplayName>1</DisplayName></Grantee> | MalformedXML",
                "'' | MalformedXML",
                "<Grantee><ID></ID></Grantee> | InvalidArgument",
                "<Grantee><ID>me</ID></Grantee> | InvalidArgument",
                "<Grantee><URI>http://example.org</URI></Grantee> | InvalidArgument",
            })
    void readsGranteesInXml(String grantee, String expected) {
        String document = document(OWNER_ID, grantee, "READ");
        assertThat(orCode(() -> AclDocument.ofBucket(element(document), OWNER)).replace("READ ", ""))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "READ, READ, READ",
        "WRITE, WRITE, InvalidArgument",
        "READ_ACP, READ_ACP, READ_ACP",
        "WRITE_ACP, WRITE_ACP, WRITE_ACP",
        "FULL_CONTROL, FULL_CONTROL, FULL_CONTROL",
        "read, InvalidArgument, InvalidArgument",
        "'', InvalidArgument, InvalidArgument",
    })
    void readsPermissions(String permission, String ofBucket, String ofObject) {
        Element document = element(document(OWNER_ID, "<Grantee><ID>1</ID></Grantee>", permission));
        assertThat(orCode(() -> AclDocument.ofBucket(document, OWNER)).split(" ", 2)[0])
                .isEqualTo(ofBucket);
        assertThat(orCode(() -> AclDocument.ofObject(document, OWNER)).split(" ", 2)[0])
                .isEqualTo(ofObject);
    }

    @ParameterizedTest
    @ValueSource(strings = {OWNER_ID, OWNER})
    void takesTheOwnerInBothForms(String owner) {
        String document = document(owner, "<Grantee><ID>1</ID></Grantee>", "READ");
        assertThat(AclDocument.ofBucket(element(document), OWNER).grants()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<AccessControlPolicy><Owner><ID>1</ID></Owner><AccessControlList/></AccessControlPolicy> | AccessDenied",
                "<AccessControlPolicy><Owner><ID>x</ID></Owner><AccessControlList/></AccessControlPolicy> | AccessDenied",
                "<AccessControlPolicy><Owner></Owner><AccessControlList/></AccessControlPolicy> | MalformedXML",
                "<AccessControlPolicy><AccessControlList/></AccessControlPolicy> | MalformedXML",
                "<AccessControlPolicy><Owner><ID>" + OWNER + "</ID></Owner></AccessControlPolicy> | MalformedXML",
                "<Policy><Owner><ID>" + OWNER + "</ID></Owner><AccessControlList/></Policy> | MalformedXML",
            })
    void refusesOtherDocuments(String document, String code) {
        assertThat(orCode(() -> AclDocument.ofBucket(element(document), OWNER))).isEqualTo(code);
    }

    @Test
    void takesAHundredGrants() {
        String hundred =
                IntStream.rangeClosed(1, 100).mapToObj(i -> "id=\"" + i + "\"").collect(Collectors.joining(","));
        assertThat(AclHeaders.ofBucket(Headers.of("x-cos-grant-read", hundred)).grants())
                .hasSize(100);
        Headers more = Headers.of("x-cos-grant-read", hundred, "x-cos-acl", "public-read");
        assertThat(orCode(() -> AclHeaders.ofBucket(more))).isEqualTo("AttachmentFull");
    }

    /** The example of the reference, as it is written again. */
    @Test
    void writesWhatTheSdksRead() {
        String xsi = " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=";
        Element read = element("<AccessControlPolicy><Owner><ID>" + OWNER_ID + "</ID></Owner><AccessControlList>"
                + "<Grant><Grantee" + xsi
                + "\"CanonicalUser\"><ID>qcs::cam::uin/100000000099:uin/100000000099</ID></Grantee>"
                + "<Permission>WRITE</Permission></Grant>"
                + "<Grant><Grantee" + xsi + "\"Group\"><URI>" + ALL
                + "</URI></Grantee><Permission>READ</Permission></Grant>"
                + "</AccessControlList></AccessControlPolicy>");
        Acl acl = AclDocument.ofBucket(read, OWNER);
        String written = AclDocument.write(acl, OWNER).toString();
        assertThat(written.substring(written.indexOf("<AccessControlPolicy>")))
                .isEqualTo("<AccessControlPolicy><Owner><ID>" + OWNER_ID + "</ID><DisplayName>" + OWNER_ID
                        + "</DisplayName></Owner><AccessControlList>"
                        + "<Grant><Grantee" + xsi + "\"CanonicalUser\"><ID>" + OWNER_ID + "</ID><DisplayName>"
                        + OWNER_ID
                        + "</DisplayName></Grantee><Permission>FULL_CONTROL</Permission></Grant>"
                        + "<Grant><Grantee" + xsi
                        + "\"CanonicalUser\"><ID>qcs::cam::uin/100000000099:uin/100000000099</ID>"
                        + "<DisplayName>qcs::cam::uin/100000000099:uin/100000000099</DisplayName></Grantee>"
                        + "<Permission>WRITE</Permission></Grant>"
                        + "<Grant><Grantee" + xsi + "\"Group\"><URI>" + ALL + "</URI></Grantee>"
                        + "<Permission>READ</Permission></Grant></AccessControlList></AccessControlPolicy>");
    }

    @Test
    void whatIsWrittenReadsAgainAndDoesNotGrow() {
        Acl acl = AclHeaders.ofBucket(Headers.of("x-cos-acl", "public-read", "x-cos-grant-write", "id=\"1/2\""));
        String once = AclDocument.write(acl, OWNER).toString();
        String twice = AclDocument.write(AclDocument.ofBucket(element(once), OWNER), OWNER)
                .toString();
        assertThat(twice).isEqualTo(once);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id=\"1\"",
                "id=\"1/2\",uri=\"http://acs.amazonaws.com/groups/global/AllUsers\"",
                "uri=\"" + SIGNED + "\",id=\"100000000042\""
            })
    void survivesItsRecord(String grants) {
        Acl acl = AclHeaders.ofBucket(Headers.of("x-cos-grant-read", grants, "x-cos-grant-full-control", grants));
        RecordWriter out = new RecordWriter(1);
        AclRecord.write(out, acl);
        out.text("behind it");
        RecordReader in = new RecordReader(out.toBytes(), 1);
        assertThat(AclRecord.read(in)).isEqualTo(acl);
        assertThat(in.text()).isEqualTo("behind it");
    }

    @Test
    void ownersAreNotListedTwice() {
        Acl acl = new Acl(List.of(new Grant(Grantee.root(OWNER), Permission.READ)));
        assertThat(Arrays.stream(AclDocument.write(acl, OWNER).toString().split("<Grant>", -1)))
                .hasSize(2);
        assertThat(Grantee.ofUri("http://example.org")).isEqualTo(Optional.empty());
    }

    private static String document(String owner, String grantee, String permission) {
        return "<AccessControlPolicy xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><Owner><ID>" + owner
                + "</ID></Owner><AccessControlList><Grant>" + grantee + "<Permission>" + permission
                + "</Permission></Grant></AccessControlList></AccessControlPolicy>";
    }

    private static Element element(String xml) {
        return Element.parse(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Acl acl) {
        return acl.grants().stream()
                .map(grant -> grant.permission() + " " + grant.grantee().id())
                .collect(Collectors.joining(", "));
    }

    private static String orCode(java.util.function.Supplier<Acl> read) {
        ThrowingCallable call = read::get;
        CosException refused = catchThrowableOfType(CosException.class, call);
        return refused == null ? text(read.get()) : refused.error().code();
    }
}
