package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3AclTest {
    private static final String OWNER = "42";
    private static final String ALL = "http://acs.amazonaws.com/groups/global/AllUsers";
    private static final Pattern GRANT =
            Pattern.compile("<(?:ID|URI)>([^<]*)</(?:ID|URI)>(?:<DisplayName>[^<]*</DisplayName>)?</Grantee>"
                    + "<Permission>([A-Z_]*)<");

    @ParameterizedTest
    @CsvSource(nullValues = "-", delimiter = '|', textBlock = """
            -                         | 42 FULL_CONTROL
            private                   | 42 FULL_CONTROL
            public-read               | AllUsers READ, 42 FULL_CONTROL
            public-read-write         | AllUsers READ, AllUsers WRITE, 42 FULL_CONTROL
            authenticated-read        | AuthenticatedUsers READ, 42 FULL_CONTROL
            bucket-owner-read         | 7 READ, 42 FULL_CONTROL
            bucket-owner-full-control | 7 FULL_CONTROL, 42 FULL_CONTROL
            aws-exec-read             | 42 FULL_CONTROL
            """)
    void namesOfObjects(String name, String expected) {
        Headers headers = name == null ? Headers.NONE : Headers.of("x-cos-acl", name);
        assertThat(shown(S3Acl.ofObject(headers, OWNER, "7"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "default, InvalidArgument",
        "public, InvalidArgument",
        "log-delivery-write, NotImplemented",
    })
    void namesThatThereAreNot(String name, String code) {
        Headers headers = Headers.of("x-cos-acl", name);
        assertThat(code(() -> S3Acl.ofObject(headers, OWNER, OWNER))).isEqualTo(code);
        assertThat(code(() -> S3Acl.ofBucket(headers, OWNER))).isEqualTo(code);
    }

    @Test
    void namesAboutTheBucketsOwnerMeanNothingMoreOnBuckets() {
        assertThat(S3Acl.ofBucket(Headers.of("x-cos-acl", "bucket-owner-read"), OWNER))
                .isEqualTo(Acl.PRIVATE);
    }

    /** A list is all there is to see, if it grants the owner nothing. */
    @Test
    void listsSayWhatTheOwnerMay() {
        Acl others = S3Acl.ofObject(
                Headers.of("x-cos-grant-read", "id=7", "x-cos-grant-write", "id=\"7\", uri=\"" + ALL + "\""),
                OWNER,
                OWNER);
        assertThat(shown(others)).isEqualTo("AllUsers WRITE, 7 READ, 7 WRITE");
        assertThat(AclDocument.write(others, OWNER).toString()).contains("uin/42:uin/42</ID>");
        Acl all = S3Acl.ofObject(Headers.of("x-cos-grant-full-control", "id=7,id=42"), OWNER, OWNER);
        assertThat(shown(all)).isEqualTo("7 FULL_CONTROL, 42 FULL_CONTROL");
        assertThat(all.leavesOutOwner()).isFalse();
    }

    @Test
    void aNameAndAListDoNotGoTogether() {
        Headers headers = Headers.of("x-cos-acl", "private", "x-cos-grant-read", "id=7");
        assertThat(code(() -> S3Acl.ofObject(headers, OWNER, OWNER))).isEqualTo("InvalidRequest");
    }

    @Test
    void nobodyIsKnownByMail() {
        Headers headers = Headers.of("x-cos-grant-read", "emailAddress=\"ann@example.com\"");
        assertThat(code(() -> S3Acl.ofBucket(headers, OWNER))).isEqualTo("UnresolvableGrantByEmailAddress");
        String document = document("<Grantee><EmailAddress>ann@example.com</EmailAddress></Grantee>", "READ");
        assertThat(code(() -> read(document))).isEqualTo("UnresolvableGrantByEmailAddress");
    }

    @Test
    void documents() {
        assertThat(shown(read(document("<Grantee><ID>42</ID></Grantee>", "WRITE"))))
                .isEqualTo("42 WRITE");
        assertThat(shown(read(document("<Grantee><ID>42</ID></Grantee>", "FULL_CONTROL"))))
                .isEqualTo("42 FULL_CONTROL");
        assertThat(shown(read(document("<Grantee><URI>" + ALL + "</URI></Grantee>", "READ"))))
                .isEqualTo("AllUsers READ");
        assertThat(shown(read(
                        "<AccessControlPolicy><Owner><ID>42</ID></Owner><AccessControlList/></AccessControlPolicy>")))
                .isEmpty();
    }

    @Test
    void isStoredAsItIs() {
        for (Acl acl : List.of(
                Acl.PRIVATE,
                read(document("<Grantee><ID>7</ID></Grantee>", "READ")),
                new Acl(List.of(), true),
                S3Acl.ofBucket(Headers.of("x-cos-acl", "public-read"), OWNER))) {
            RecordWriter out = new RecordWriter(1);
            AclRecord.write(out, acl);
            assertThat(AclRecord.read(new RecordReader(out.toBytes(), 1))).isEqualTo(acl);
        }
    }

    private static String document(String grantee, String permission) {
        return "<AccessControlPolicy><Owner><ID>42</ID></Owner><AccessControlList><Grant>" + grantee + "<Permission>"
                + permission + "</Permission></Grant></AccessControlList></AccessControlPolicy>";
    }

    private static Acl read(String document) {
        return S3Acl.read(Element.parse(document.getBytes(java.nio.charset.StandardCharsets.UTF_8)), OWNER);
    }

    private static String shown(Acl acl) {
        return GRANT.matcher(S3Acl.write(acl, OWNER).toString())
                .results()
                .map(grant -> grant.group(1).replaceAll(".*[/:]", "") + " " + grant.group(2))
                .collect(Collectors.joining(", "));
    }

    private static String code(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(CosException.class, call).error().code();
    }
}
