package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertAnswered;
import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.conformance.RawResponse;
import coffer.conformance.SelectFrames;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.Stranger;
import coffer.conformance.TestBucket;
import com.qcloud.cos.exception.SelectObjectContentEventException;
import com.qcloud.cos.model.CSVInput;
import com.qcloud.cos.model.CSVOutput;
import com.qcloud.cos.model.CompressionType;
import com.qcloud.cos.model.ExpressionType;
import com.qcloud.cos.model.FileHeaderInfo;
import com.qcloud.cos.model.InputSerialization;
import com.qcloud.cos.model.JSONInput;
import com.qcloud.cos.model.JSONOutput;
import com.qcloud.cos.model.JSONType;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.OutputSerialization;
import com.qcloud.cos.model.RequestProgress;
import com.qcloud.cos.model.SelectObjectContentEvent;
import com.qcloud.cos.model.SelectObjectContentEvent.EndEvent;
import com.qcloud.cos.model.SelectObjectContentEvent.ProgressEvent;
import com.qcloud.cos.model.SelectObjectContentEvent.StatsEvent;
import com.qcloud.cos.model.SelectObjectContentEventVisitor;
import com.qcloud.cos.model.SelectObjectContentRequest;
import com.qcloud.cos.model.SelectObjectContentResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SELECT Object Content, with the client for it that the SDK has. */
@Shows("SelectObjectContent")
@ExtendWith(SharedCoffer.class)
class SelectObjectContentIT {
    private static final String SELECT = "?select&select-type=2";
    private static final String PEOPLE = "id,Name,city\n1,Ann,Berlin\n2,Bob,\"Paris, France\"\n3,Cid,Rome\n";

    /** {@code 1,a} and {@code 2,b}. */
    private static final String BZIP2 =
            "425a6839314159265359b0a7114f00000259000010000430003000200021a699a0c002950b0bb9229c2848585388a780";

    private static InputSerialization csv(FileHeaderInfo header) {
        return new InputSerialization()
                .withCsv(new CSVInput().withFileHeaderInfo(header))
                .withCompressionType(CompressionType.NONE);
    }

    private static InputSerialization json(JSONType type) {
        return new InputSerialization()
                .withJson(new JSONInput().withType(type))
                .withCompressionType(CompressionType.NONE);
    }

    private static SelectObjectContentRequest request(
            TestBucket bucket, String query, InputSerialization input, OutputSerialization output) {
        return new SelectObjectContentRequest()
                .withBucketName(bucket.name())
                .withKey("k")
                .withExpression(query)
                .withExpressionType(ExpressionType.SQL)
                .withInputSerialization(input)
                .withOutputSerialization(output);
    }

    private static String select(TestBucket bucket, SelectObjectContentRequest request) {
        List<String> ends = new ArrayList<>();
        SelectObjectContentEventVisitor visitor = new SelectObjectContentEventVisitor() {
            @Override
            public void visit(EndEvent event) {
                ends.add("end");
            }
        };
        try (SelectObjectContentResult result = bucket.cos().selectObjectContent(request);
                InputStream records = result.getPayload().getRecordsInputStream(visitor)) {
            String text = new String(records.readAllBytes(), UTF_8);
            assertThat(ends).containsExactly("end");
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String toCsv(TestBucket bucket, String query, InputSerialization input) {
        return select(bucket, request(bucket, query, input, new OutputSerialization().withCsv(new CSVOutput())));
    }

    private static String toJson(TestBucket bucket, String query, InputSerialization input) {
        return select(bucket, request(bucket, query, input, new OutputSerialization().withJson(new JSONOutput())));
    }

    @Test
    void selectsOfCsv(TestBucket bucket) {
        bucket.put("k", PEOPLE);
        assertThat(toCsv(bucket, "SELECT * FROM COSObject", csv(FileHeaderInfo.NONE)))
                .isEqualTo(PEOPLE);
        assertThat(toCsv(bucket, "SELECT s._2 FROM COSObject s WHERE s._1 >= 2", csv(FileHeaderInfo.IGNORE)))
                .isEqualTo("Bob\nCid\n");
        assertThat(toCsv(bucket, "SELECT name, city FROM COSObject WHERE city LIKE 'P%'", csv(FileHeaderInfo.USE)))
                .isEqualTo("Bob,\"Paris, France\"\n");
        assertThat(toJson(bucket, "SELECT * FROM COSObject LIMIT 1", csv(FileHeaderInfo.USE)))
                .isEqualTo("{\"id\":\"1\",\"Name\":\"Ann\",\"city\":\"Berlin\"}\n");
        assertThat(toCsv(
                        bucket,
                        "SELECT COUNT(*), MAX(CAST(id AS INT)), AVG(CHAR_LENGTH(name)) FROM COSObject",
                        csv(FileHeaderInfo.USE)))
                .isEqualTo("3,3,3\n");
    }

    @Test
    void csvMayLookOtherwise(TestBucket bucket) {
        bucket.put("k", "; no record\r\n'a;b';1\r\n'c''d';2\r\n'e\r\nf';3\r\n");
        InputSerialization input = new InputSerialization()
                .withCsv(new CSVInput()
                        .withFileHeaderInfo(FileHeaderInfo.NONE)
                        .withComments(";")
                        .withFieldDelimiter(";")
                        .withRecordDelimiter("\r\n")
                        .withQuoteCharacter("'")
                        .withQuoteEscapeCharacter("'")
                        .withAllowQuotedRecordDelimiter(true))
                .withCompressionType(CompressionType.NONE);
        CSVOutput output = new CSVOutput()
                .withFieldDelimiter("\t")
                .withRecordDelimiter("|")
                .withQuoteFields("ALWAYS")
                .withQuoteCharacter("'")
                .withQuoteEscapeCharacter("\\");
        assertThat(select(
                        bucket,
                        request(
                                bucket,
                                "SELECT _2, _1 FROM COSObject",
                                input,
                                new OutputSerialization().withCsv(output))))
                .isEqualTo("'1'\t'a;b'|'2'\t'c\\'d'|'3'\t'e\r\nf'|");
    }

    @Test
    void selectsOfJson(TestBucket bucket) {
        bucket.put("k", "{\"a\":1,\"b\":{\"c\":[true,\"x\"]}}\n{\"a\":2.5,\"b\":null}\n");
        assertThat(toJson(bucket, "SELECT s.b.c[1] AS c, a FROM COSObject s", json(JSONType.LINES)))
                .isEqualTo("{\"c\":\"x\",\"a\":1}\n{\"a\":2.5}\n");
        assertThat(toCsv(bucket, "SELECT SUM(a) FROM COSObject", json(JSONType.LINES)))
                .isEqualTo("3.5\n");
        bucket.put("k", "{\"rules\":[{\"id\":\"1\"},{\"id\":\"2\"}],\"more\":{}}");
        assertThat(toJson(bucket, "SELECT r.id FROM COSObject[*].rules[*] r WHERE r.id > '1'", json(JSONType.DOCUMENT)))
                .isEqualTo("{\"id\":\"2\"}\n");
    }

    /** The SDK knows Parquet but cannot ask for it. */
    @Test
    void selectsOfParquet(TestBucket bucket) throws IOException {
        try (InputStream people = SelectObjectContentIT.class.getResourceAsStream("/people.parquet")) {
            bucket.put("k", people.readAllBytes());
        }
        String document = SelectFrames.document(
                "SELECT name, s.address.street, born FROM COSObject s WHERE price > 800 AND active",
                "<Parquet/>",
                "<CSV/>");
        SelectFrames frames = SelectFrames.of(
                bucket.exchange(bucket.request("POST", "/k" + SELECT).body(document))
                        .body());
        assertThat(frames.records()).isEqualTo("user10,s10,2024-01-11\n");
        assertThat(frames.types()).endsWith("Records", "Stats", "End");
    }

    @Test
    void selectsOfWhatIsCompressed(TestBucket bucket) throws IOException {
        ByteArrayOutputStream gzip = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
            out.write(PEOPLE.getBytes(UTF_8));
        }
        bucket.put("k", gzip.toByteArray());
        assertThat(toCsv(
                        bucket,
                        "SELECT id FROM COSObject WHERE name = 'Cid'",
                        csv(FileHeaderInfo.USE).withCompressionType(CompressionType.GZIP)))
                .isEqualTo("3\n");
        bucket.put("k", HexFormat.of().parseHex(BZIP2));
        assertThat(toCsv(
                        bucket,
                        "SELECT _2 FROM COSObject WHERE _1 = 2",
                        csv(FileHeaderInfo.NONE).withCompressionType(CompressionType.BZIP2)))
                .isEqualTo("b\n");
        bucket.put("k", "plain");
        assertRefused(
                400,
                "GzipDecompressError",
                () -> toCsv(
                        bucket,
                        "SELECT * FROM COSObject",
                        csv(FileHeaderInfo.NONE).withCompressionType(CompressionType.GZIP)));
    }

    @ParameterizedTest
    @EnumSource(Sse.class)
    void selectsOfWhatIsEncrypted(Sse sse, TestBucket bucket) {
        String lines = IntStream.range(0, 100_000).mapToObj(i -> i + ",x\n").collect(Collectors.joining());
        bucket.cos().putObject(sse.put(bucket, "k", lines.getBytes(UTF_8)));
        SelectObjectContentRequest request = request(
                bucket,
                "SELECT COUNT(*) FROM COSObject WHERE _1 >= 99990",
                csv(FileHeaderInfo.NONE),
                new OutputSerialization().withCsv(new CSVOutput()));
        sse.customerKey().ifPresent(request::setSSECustomerKey);
        assertThat(select(bucket, request)).isEqualTo("10\n");
        if (sse == Sse.CUSTOMER) {
            RawResponse without = bucket.exchange(bucket.request("POST", "/k" + SELECT)
                    .body(SelectFrames.document("SELECT * FROM COSObject", "<CSV/>", "<CSV/>")));
            assertThat(without.status()).isEqualTo(400);
        }
    }

    @Test
    void tellsHowFarItIs(TestBucket bucket) {
        bucket.put("k", PEOPLE);
        SelectObjectContentRequest request = request(
                        bucket,
                        "SELECT id FROM COSObject",
                        csv(FileHeaderInfo.USE),
                        new OutputSerialization().withCsv(new CSVOutput()))
                .withRequestProgress(new RequestProgress().withEnabled(true));
        List<SelectObjectContentEvent> events =
                bucket.cos().selectObjectContent(request).getPayload().getAllEvents();
        assertThat(events.stream().map(event -> event.getClass().getSimpleName()))
                .endsWith("RecordsEvent", "ProgressEvent", "StatsEvent", "EndEvent");
        // On a slow machine there is more progress to be told of before.
        int last = events.size();
        assertThat(events.get(last - 3))
                .isInstanceOfSatisfying(
                        ProgressEvent.class,
                        progress -> assertThat(progress.getDetails().getBytesReturned())
                                .isEqualTo(6));
        assertThat(events.get(last - 2)).isInstanceOfSatisfying(StatsEvent.class, stats -> {
            assertThat(stats.getDetails().getBytesScanned()).isEqualTo(PEOPLE.length());
            assertThat(stats.getDetails().getBytesProcessed()).isEqualTo(PEOPLE.length());
            assertThat(stats.getDetails().getBytesReturned()).isEqualTo(6);
        });
    }

    @Test
    void anErrorThatIsFoundLateIsAFrame(TestBucket bucket) {
        bucket.put("k", "1\n".repeat(100_000) + "x\n");
        SelectObjectContentRequest request = request(
                bucket,
                "SELECT CAST(_1 AS INT) FROM COSObject",
                csv(FileHeaderInfo.NONE),
                new OutputSerialization().withCsv(new CSVOutput()));
        assertThatThrownBy(() ->
                        bucket.cos().selectObjectContent(request).getPayload().getAllEvents())
                .isInstanceOfSatisfying(
                        SelectObjectContentEventException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo("CastFailed"));
        bucket.put("k", "x\n");
        assertRefused(400, "CastFailed", () -> select(bucket, request));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    SELECT * FROM S3Object                                | SQLParsingError
                    SELECT nonsense                                       | SQLParsingError
                    SELECT _1 FROM COSObject ORDER BY _1                  | SQLParsingError
                    SELECT * FROM COSObject a JOIN COSObject b ON 1 = 1   | SQLParsingError
                    SELECT a FROM COSObject                               | MissingHeaders
                    SELECT CAST(_2 AS INT) FROM COSObject                 | CastFailed
                    SELECT * FROM COSObject WHERE CAST(_1 AS INT) < 'x'   | CastFailed
                    SELECT * FROM COSObject WHERE CHAR_LENGTH(_1) < 'x'   | ComparisonFailed
                    SELECT * FROM read_csv('/etc/passwd')                 | SQLParsingError
                    SELECT read_text('/etc/passwd') FROM COSObject        | SQLParsingError
                    SELECT * FROM '/etc/passwd'                           | SQLParsingError
                    SELECT * FROM "/etc/passwd"                           | SQLParsingError
                    SELECT * FROM 'http://127.0.0.1:1/x'                  | SQLParsingError
                    SELECT load_file('file:///etc/passwd') FROM COSObject | SQLParsingError
                    COPY COSObject TO '/tmp/x'                            | SQLParsingError
                    ATTACH '/tmp/x.db'                                    | SQLParsingError
                    """)
    void refusesWhatItDoesNotUnderstand(String query, String code, TestBucket bucket) {
        bucket.put("k", PEOPLE);
        assertRefused(400, code, () -> toCsv(bucket, query, csv(FileHeaderInfo.NONE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?select", "?select&select-type=1"})
    void refusesOtherTypes(String query, TestBucket bucket) {
        bucket.put("k", PEOPLE);
        String document = SelectFrames.document("SELECT * FROM COSObject", "<CSV/>", "<CSV/>");
        assertAnswered(
                400,
                "InvalidRequestParameter",
                bucket.exchange(bucket.request("POST", "/k" + query).body(document)));
    }

    @Test
    void refusesBadDocuments(TestBucket bucket) {
        bucket.put("k", PEOPLE);
        assertAnswered(400, "InvalidXML", post(bucket, "/k", "<SelectRequest>"));
        assertAnswered(400, "InvalidXML", post(bucket, "/k", "<Other/>"));
        assertAnswered(400, "MissingExpectedExpression", post(bucket, "/k", "<SelectRequest/>"));
        String zip = SelectFrames.document(
                "SELECT * FROM COSObject", "<CSV/><CompressionType>ZIP</CompressionType>", "<CSV/>");
        assertAnswered(400, "InvalidCompressionFormat", post(bucket, "/k", zip));
    }

    private static RawResponse post(TestBucket bucket, String path, String document) {
        return bucket.exchange(bucket.request("POST", path + SELECT).body(document));
    }

    @Test
    void onlyRecordsOfARange(TestBucket bucket) {
        bucket.put("k", PEOPLE);
        String document = SelectFrames.document("SELECT _1 FROM COSObject", "<CSV/>", "<CSV/>");
        String within = document.replace(
                "</SelectRequest>", "<ScanRange><Start>13</Start><End>26</End></ScanRange></SelectRequest>");
        assertThat(SelectFrames.of(post(bucket, "/k", within).body()).records()).isEqualTo("1\n2\n");
    }

    @Test
    void selectsOfVersions(TestBucket bucket) {
        bucket.enableVersioning();
        String old = bucket.put("k", "old\n").getVersionId();
        bucket.put("k", "new\n");
        String document = SelectFrames.document("SELECT * FROM COSObject", "<CSV/>", "<CSV/>");
        assertThat(SelectFrames.of(post(bucket, "/k", document).body()).records())
                .isEqualTo("new\n");
        assertThat(SelectFrames.of(bucket.exchange(bucket.request("POST", "/k" + SELECT + "&versionId=" + old)
                                        .body(document))
                                .body())
                        .records())
                .isEqualTo("old\n");
    }

    /** Whoever may not read an object may not query it. */
    @Test
    void needsTheRightToRead(TestBucket bucket) {
        bucket.put("k", PEOPLE);
        assertAnswered(
                403,
                "AccessDenied",
                new Stranger(bucket)
                        .post("/k" + SELECT, SelectFrames.document("SELECT * FROM COSObject", "<CSV/>", "<CSV/>")));
    }

    @Test
    void readsWhatGetReads(TestBucket bucket) {
        assertRefused(404, "NoSuchKey", () -> toCsv(bucket, "SELECT * FROM COSObject", csv(FileHeaderInfo.NONE)));
        ObjectMetadata archived = new ObjectMetadata();
        archived.setHeader("x-cos-storage-class", "ARCHIVE");
        bucket.put("k", PEOPLE.getBytes(UTF_8), archived);
        assertRefused(
                403, "InvalidObjectState", () -> toCsv(bucket, "SELECT * FROM COSObject", csv(FileHeaderInfo.NONE)));
    }
}
