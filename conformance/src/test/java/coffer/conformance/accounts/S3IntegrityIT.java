package coffer.conformance.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checksums that S3 clients choose, attributes and single parts of objects, and conditions of writes. */
@Shows("GetObjectAttributes")
@ExtendWith(SharedCoffer.class)
class S3IntegrityIT {
    private static final int PART = 5 * 1024 * 1024;

    /** Of {@code 123456789}. */
    private static final String CRC32_OF_DIGITS = "y/Q5Jg==";

    private S3Caller s3;
    private TestBucket bucket;

    @BeforeEach
    void connect(CofferProcess server, TestBucket made) {
        s3 = new S3Caller(server, Optional.of(new AdminApi.Key(Account.SECRET_ID, Account.SECRET_KEY)));
        bucket = made;
    }

    @ParameterizedTest
    @CsvSource({
        "crc32, y/Q5Jg==",
        "crc32c, 4waSgw==",
        "crc64nvme, rosUhgp5mIg=",
        "sha1, 98O8HYCOBHMq32eZZczDTKeuNEE=",
        "sha256, FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU="
    })
    void aChecksumIsVerifiedKeptAndToldToWhoAsks(String algorithm, String value) {
        String name = "x-amz-checksum-" + algorithm;
        RawResponse put = send("PUT", "/k", "123456789", name, value);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.header(name)).contains(value);
        assertThat(put.header("x-amz-checksum-type")).contains("FULL_OBJECT");
        assertThat(send("HEAD", "/k", "").header(name)).isEmpty();
        assertThat(send("HEAD", "/k", "", "x-amz-checksum-mode", "ENABLED").header(name))
                .contains(value);
        RawResponse got = send("GET", "/k", "", "x-amz-checksum-mode", "ENABLED");
        assertThat(got.header(name)).contains(value);
        assertThat(send("GET", "/k", "", "x-amz-checksum-mode", "ENABLED", "range", "bytes=1-2")
                        .header(name))
                .isEmpty();
        assertThat(send("GET", "?list-type=2", "").element("ChecksumAlgorithm")).isEqualToIgnoringCase(algorithm);
        assertThat(bucket.text("k")).isEqualTo("123456789");
    }

    @Test
    void aBodyWithAnotherChecksumIsRefusedAndWhatWasThereStays() {
        bucket.put("k", "before");
        refused(400, "BadDigest", send("PUT", "/k", "12345678", "x-amz-checksum-crc32", CRC32_OF_DIGITS));
        refused(400, "InvalidRequest", send("PUT", "/k", "12345678", "x-amz-checksum-crc32", "???"));
        refused(
                400,
                "InvalidRequest",
                send(
                        "PUT",
                        "/k",
                        "123456789",
                        "x-amz-checksum-crc32",
                        CRC32_OF_DIGITS,
                        "x-amz-checksum-crc32c",
                        "4waSgw=="));
        assertThat(bucket.text("k")).isEqualTo("before");
    }

    @Test
    void aChecksumMayComeBehindTheBody() {
        assertThat(trailed("9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n")
                        .header("x-amz-checksum-crc32"))
                .contains(CRC32_OF_DIGITS);
        refused(400, "BadDigest", trailed("9\r\n123456780\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n"));
        refused(400, "MalformedTrailerError", trailed("9\r\n123456789\r\n0\r\n\r\n"));
        assertThat(bucket.text("k")).isEqualTo("123456789");
        assertThat(trailed(
                                "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n",
                                "x-amz-traffic-limit",
                                "819200")
                        .header("x-amz-checksum-crc32"))
                .contains(CRC32_OF_DIGITS);
    }

    private RawResponse trailed(String chunks, String... more) {
        List<String> headers = new ArrayList<>(List.of(
                "x-amz-content-sha256",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                "x-amz-decoded-content-length",
                "9",
                "x-amz-trailer",
                "x-amz-checksum-crc32"));
        headers.addAll(List.of(more));
        return send("PUT", "/k", chunks, headers.toArray(String[]::new));
    }

    @Test
    void documentsAreVerifiedToo() {
        String document = "<Delete><Object><Key>k</Key></Object></Delete>";
        bucket.put("k", "kept");
        refused(400, "BadDigest", send("POST", "?delete", document, "x-amz-checksum-crc32", CRC32_OF_DIGITS));
        refused(400, "InvalidRequest", send("POST", "?delete", document));
        assertThat(bucket.text("k")).isEqualTo("kept");
        assertThat(send("POST", "?delete", document, "x-amz-checksum-crc32", crc32(document))
                        .status())
                .isEqualTo(200);
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void theWholeOfAnUploadIsJoinedOfItsParts() {
        String id = initiate("x-amz-checksum-algorithm", "CRC32", "x-amz-checksum-type", "FULL_OBJECT");
        String first = "a".repeat(PART);
        String parts = part(id, 2, first, "x-amz-checksum-crc32", crc32(first)) + part(id, 7, "tail");
        refused(400, "BadDigest", complete(id, parts, "x-amz-checksum-crc32", crc32(first)));
        refused(400, "InvalidRequest", complete(id, parts, "x-amz-mp-object-size", "3"));
        refused(400, "InvalidRequest", complete(id, parts, "x-amz-checksum-type", "COMPOSITE"));
        RawResponse done = complete(id, parts, "x-amz-checksum-crc32", crc32(first + "tail"));
        assertThat(done.element("ChecksumCRC32")).isEqualTo(crc32(first + "tail"));
        assertThat(done.element("ChecksumType")).isEqualTo("FULL_OBJECT");
        assertThat(complete(id, parts).text()).isEqualTo(done.text());
        assertThat(bucket.bytes("k")).isEqualTo((first + "tail").getBytes(UTF_8));
    }

    @Test
    void thePartsOfAnUploadKeepTheirNumbersLengthsAndChecksums() {
        String id = initiate("x-amz-checksum-algorithm", "SHA256");
        String first = "a".repeat(PART);
        RawResponse done = complete(id, part(id, 2, first) + part(id, 7, "tail"));
        assertThat(done.element("ChecksumSHA256")).endsWith("-2");
        assertThat(done.element("ChecksumType")).isEqualTo("COMPOSITE");

        RawResponse all = attributes("ETag,Checksum,ObjectParts,StorageClass,ObjectSize");
        assertThat(all.element("ETag")).matches("[0-9a-f]{32}-2");
        assertThat(all.element("ObjectSize")).isEqualTo(Integer.toString(PART + 4));
        assertThat(all.element("StorageClass")).isEqualTo("STANDARD");
        assertThat(all.element("PartsCount")).isEqualTo("2");
        assertThat(all.elements("PartNumber")).containsExactly("2", "7");
        assertThat(all.elements("Size")).containsExactly(Integer.toString(PART), "4");
        assertThat(all.elements("ChecksumSHA256"))
                .containsExactly(done.element("ChecksumSHA256"), sha256(first), sha256("tail"));
        assertThat(attributes("ObjectSize").elementNames()).doesNotContain("ETag", "ObjectParts");

        RawResponse page = attributes("ObjectParts", "x-amz-max-parts", "1");
        assertThat(page.element("IsTruncated")).isEqualTo("true");
        assertThat(page.element("NextPartNumberMarker")).isEqualTo("2");
        RawResponse rest = attributes("ObjectParts", "x-amz-part-number-marker", "2");
        assertThat(rest.elements("PartNumber")).containsExactly("7");
        assertThat(rest.element("IsTruncated")).isEqualTo("false");

        RawResponse part = send("GET", "/k?partNumber=7", "", "x-amz-checksum-mode", "ENABLED");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("tail");
        assertThat(part.header("Content-Range")).contains("bytes %d-%d/%d".formatted(PART, PART + 3, PART + 4));
        assertThat(part.header("x-amz-mp-parts-count")).contains("2");
        assertThat(part.header("x-amz-checksum-sha256")).contains(sha256("tail"));
        assertThat(send("HEAD", "/k?partNumber=2", "").header("Content-Length")).contains(Integer.toString(PART));
        refused(400, "InvalidPart", send("GET", "/k?partNumber=1", ""));
        refused(400, "InvalidArgument", send("GET", "/k?partNumber=10001", ""));
        refused(400, "InvalidRequest", send("GET", "/k?partNumber=2", "", "range", "bytes=0-1"));
    }

    @Test
    void whatWasNotUploadedInPartsIsItsOwnFirst() {
        bucket.put("k", "text");
        RawResponse part = send("GET", "/k?partNumber=1", "");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.text()).isEqualTo("text");
        assertThat(part.header("x-amz-mp-parts-count")).isEmpty();
        refused(400, "InvalidPart", send("GET", "/k?partNumber=2", ""));
        bucket.put("k", "");
        assertThat(send("GET", "/k?partNumber=1", "").status()).isEqualTo(200);
        assertThat(attributes("ObjectParts,Checksum,ObjectSize").elementNames())
                .contains("ObjectSize")
                .doesNotContain("ObjectParts", "Checksum");
        refused(400, "InvalidRequest", send("GET", "/k?attributes", ""));
        refused(400, "InvalidArgument", attributes("Colour"));
    }

    @Test
    void partsOfS3HaveFiveMebibytesThoseOfCosOne() {
        String id = initiate();
        String parts = part(id, 1, "a".repeat(PART - 1)) + part(id, 2, "tail");
        refused(400, "EntityTooSmall", complete(id, parts));
        refused(400, "MalformedXML", complete(id, ""));
        RawResponse cos =
                bucket.exchange(bucket.request("POST", "/k?uploadId=" + id).body(document(parts)));
        assertThat(cos.status()).isEqualTo(200);
    }

    @Test
    void copiesHaveTheChecksumOfTheirSourceOrTheOneThatIsAskedFor() {
        send("PUT", "/from", "123456789", "x-amz-checksum-crc32", CRC32_OF_DIGITS);
        String source = "/" + name() + "/from";
        assertThat(send("PUT", "/k", "", "x-amz-copy-source", source).element("ChecksumCRC32"))
                .isEqualTo(CRC32_OF_DIGITS);
        assertThat(send("PUT", "/k", "", "x-amz-copy-source", source, "x-amz-checksum-algorithm", "SHA256")
                        .element("ChecksumSHA256"))
                .isEqualTo(sha256("123456789"));
        RawResponse ontoItself = send(
                "PUT",
                "/from",
                "",
                "x-amz-copy-source",
                source,
                "x-amz-metadata-directive",
                "REPLACE",
                "x-amz-checksum-algorithm",
                "SHA256");
        assertThat(ontoItself.element("ChecksumSHA256")).isEqualTo(sha256("123456789"));
    }

    @Test
    void writesAndDeletionsHoldToTheirConditions() {
        refused(404, "NoSuchKey", send("PUT", "/k", "a", "if-match", "*"));
        String etag =
                send("PUT", "/k", "a", "if-none-match", "*").header("ETag").orElseThrow();
        refused(412, "PreconditionFailed", send("PUT", "/k", "b", "if-none-match", "*"));
        refused(412, "PreconditionFailed", send("PUT", "/k", "b", "if-match", "\"other\""));
        assertThat(send("PUT", "/k", "a", "if-match", etag).status()).isEqualTo(200);
        refused(412, "PreconditionFailed", send("DELETE", "/k", "", "if-match", "\"other\""));
        refused(412, "PreconditionFailed", send("DELETE", "/k", "", "x-amz-if-match-size", "9"));
        RawResponse unchanged = send("GET", "/k", "", "if-none-match", etag);
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(unchanged.header("ETag")).contains(etag);
        assertThat(send("DELETE", "/k", "", "if-match", etag, "x-amz-if-match-size", "1")
                        .status())
                .isEqualTo(204);
        assertThat(send("DELETE", "/k", "", "if-match", etag).status()).isEqualTo(204);
    }

    /** The condition is decided within the commit, not by a look beforehand. */
    @Test
    void ofManyWhoWouldBeTheFirstExactlyOneIs() {
        List<Integer> statuses;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            statuses = IntStream.range(0, 16)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> send("PUT", "/k", "client " + i, "if-none-match", "*")
                                    .status(),
                            clients))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
        assertThat(statuses).containsOnlyOnce(200).containsOnly(200, 412);
    }

    private RawResponse attributes(String names, String... more) {
        List<String> headers = new ArrayList<>(List.of("x-amz-object-attributes", names));
        headers.addAll(List.of(more));
        return send("GET", "/k?attributes", "", headers.toArray(String[]::new));
    }

    private String initiate(String... headers) {
        return send("POST", "/k?uploads", "", headers).element("UploadId");
    }

    /** Uploads a part; its element in the list that completes the upload. */
    private String part(String uploadId, int number, String text, String... headers) {
        RawResponse part = send("PUT", "/k?partNumber=%d&uploadId=%s".formatted(number, uploadId), text, headers);
        assertThat(part.status()).as(part.text()).isEqualTo(200);
        return "<Part><PartNumber>%d</PartNumber><ETag>%s</ETag></Part>"
                .formatted(number, part.header("ETag").orElseThrow().replace("\"", "&quot;"));
    }

    private RawResponse complete(String uploadId, String parts, String... headers) {
        return send("POST", "/k?uploadId=" + uploadId, document(parts), headers);
    }

    private static String document(String parts) {
        return "<CompleteMultipartUpload>" + parts + "</CompleteMultipartUpload>";
    }

    /** What S3 clients call the bucket. */
    private String name() {
        return bucket.name().replace("-" + Account.APPID, "");
    }

    private RawResponse send(String method, String target, String body, String... headers) {
        return s3.send(method, "/" + name() + target, body, headers);
    }

    private static void refused(int status, String code, RawResponse answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.errorCode()).isEqualTo(code);
    }

    private static String crc32(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(UTF_8));
        long value = crc.getValue();
        return Base64.getEncoder()
                .encodeToString(
                        new byte[] {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value});
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
