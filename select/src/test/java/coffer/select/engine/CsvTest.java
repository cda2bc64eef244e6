package coffer.select.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.InputFormat;
import coffer.select.InputFormat.Header;
import coffer.select.OutputFormat;
import coffer.select.SelectRequest.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Test;

/** Queries on CSV. */
class CsvTest {
    private static final String PEOPLE = "id,Name,city\n1,Ann,Berlin\n2,Bob,\"Paris, France\"\n3,Cid,Rome\n";

    private static void assertFails(CosError error, Selection selection, String query) {
        assertThatThrownBy(() -> selection.select(query))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void fieldsHaveNumbers() {
        Selection people = Selection.csv(PEOPLE);
        assertThat(people.select("SELECT * FROM COSObject")).isEqualTo(PEOPLE);
        assertThat(people.select("select s._2, s._1 from cosobject s where s._1 > 1"))
                .isEqualTo("Bob,2\nCid,3\n");
        assertThat(people.as(Selection.csv(Header.IGNORE)).select("SELECT COUNT(*) FROM COSObject"))
                .isEqualTo("3\n");
    }

    @Test
    void fieldsHaveNames() {
        Selection people = Selection.named(PEOPLE);
        assertThat(people.select("SELECT name, \"city\" FROM COSObject WHERE id = 2"))
                .isEqualTo("Bob,\"Paris, France\"\n");
        assertThat(people.to(Selection.JSON).select("SELECT * FROM COSObject LIMIT 1"))
                .isEqualTo("{\"id\":\"1\",\"Name\":\"Ann\",\"city\":\"Berlin\"}\n");
        assertThat(people.select("SELECT _3 FROM COSObject LIMIT 1")).isEqualTo("Berlin\n");
        assertFails(CosError.MISSING_HEADERS, people, "SELECT wrong FROM COSObject");
        assertFails(CosError.MISSING_HEADERS, people, "SELECT \"NAME\" FROM COSObject");
        assertFails(CosError.AMBIGUOUS_FIELD_NAME, Selection.named("a,A\n1,2\n"), "SELECT a FROM COSObject");
    }

    @Test
    void aggregatesAreOneRow() {
        Selection numbers = Selection.csv("10,a\n9,b\n2.5,c\n");
        assertThat(numbers.select("SELECT COUNT(*), SUM(_1), MIN(_1), MAX(_1), AVG(CAST(_1 AS FLOAT)), MAX(_2)"
                        + " FROM COSObject"))
                .isEqualTo("3,21.5,2.5,10,7.166666666666667,c\n");
        assertThat(numbers.select("SELECT SUM(_1), COUNT(_1) + 1 FROM COSObject WHERE _1 > 100"))
                .isEqualTo(",1\n");
        assertFails(CosError.CAST_FAILED, numbers, "SELECT SUM(_2) FROM COSObject");
    }

    @Test
    void whatIsNoNumberIsNotGreaterThanOne() {
        assertThat(Selection.csv("x,1\n5,2\n,3\n").select("SELECT _2 FROM COSObject WHERE _1 < 100"))
                .isEqualTo("2\n");
    }

    @Test
    void quotesAndEscapes() {
        Selection quoted = Selection.csv("\"a \"\"b\"\"\",'c'\n");
        assertThat(quoted.select("SELECT _1 FROM COSObject")).isEqualTo("\"a \"\"b\"\"\"\n");
        assertThat(quoted.to(Selection.JSON).select("SELECT _1 FROM COSObject"))
                .isEqualTo("{\"_1\":\"a \\\"b\\\"\"}\n");
        Selection backslash = Selection.csv("'it\\'s';b\n")
                .as(new InputFormat.Csv(Header.NONE, "\n", ';', Optional.of('\''), '\\', Optional.empty(), false));
        assertThat(backslash.select("SELECT * FROM COSObject")).isEqualTo("it's,b\n");
        assertThat(backslash
                        .to(new OutputFormat.Csv(true, "\r\n", '\t', '\'', '\\'))
                        .select("SELECT * FROM COSObject"))
                .isEqualTo("'it\\'s'\t'b'\r\n");
        assertFails(CosError.CSV_PARSING_ERROR, Selection.csv("\"a\"b\n"), "SELECT _1 FROM COSObject");
        assertFails(CosError.CSV_PARSING_ERROR, Selection.csv("\"a\nb\"\n"), "SELECT _1 FROM COSObject");
        assertFails(CosError.LAST_RECORD_PARSE_FAIL, Selection.csv("x\n\"a"), "SELECT _1 FROM COSObject");
    }

    @Test
    void recordsGoOnBehindQuotedDelimitersIfTheyMay() {
        InputFormat allowed =
                new InputFormat.Csv(Header.NONE, "\n", ',', Optional.of('"'), '"', Optional.empty(), true);
        Selection two = Selection.csv("\"a\nb\",c\nd,\"e\n\"\n").as(allowed);
        assertThat(two.select("SELECT COUNT(*) FROM COSObject")).isEqualTo("2\n");
        assertThat(two.to(Selection.JSON).lines("SELECT _1 FROM COSObject"))
                .containsExactly("{\"_1\":\"a\\nb\"}", "{\"_1\":\"d\"}");
    }

    @Test
    void delimitersCommentsAndEmptyLines() {
        Selection lines = Selection.csv("a|b;;c|d;;#no|no;;;;e|f")
                .as(new InputFormat.Csv(Header.NONE, ";;", '|', Optional.of('"'), '"', Optional.of('#'), false));
        assertThat(lines.lines("SELECT * FROM COSObject")).containsExactly("a,b", "c,d", "e,f");
        assertThat(Selection.csv("a,b\r\n\r\nc,\"d\"\r\n").lines("SELECT _2 FROM COSObject"))
                .containsExactly("b", "d");
        assertThat(Selection.named("\ufeffname\nAnn\n").select("SELECT name FROM COSObject"))
                .isEqualTo("Ann\n");
        assertThat(Selection.csv("").select("SELECT COUNT(*) FROM COSObject")).isEqualTo("0\n");
        assertThat(Selection.csv("a,").lines("SELECT * FROM COSObject")).containsExactly("a,");
    }

    /** Records lie across the ends of the buffer in every way. */
    @Test
    void manyRecordsOfAnyLength() {
        String all = IntStream.range(0, 30_000)
                .mapToObj(i -> i + ",\"" + "x\"\"".repeat(i % 40) + "\"," + (i * 7))
                .collect(Collectors.joining("\n"));
        Selection many = Selection.csv(all);
        assertThat(many.select("SELECT COUNT(*), SUM(_1), SUM(_3) FROM COSObject"))
                .isEqualTo("30000,449985000,3149895000\n");
        assertThat(many.lines("SELECT _1, CHAR_LENGTH(_2) FROM COSObject WHERE _3 = 209993"))
                .containsExactly("29999,78");
    }

    @Test
    void recordsHaveAtMostOneMegabyte() {
        String long1 = "y".repeat(1024 * 1024 - 1);
        assertThat(Selection.csv("a\n" + long1 + "\n").select("SELECT COUNT(*) FROM COSObject"))
                .isEqualTo("2\n");
        assertFails(CosError.OVER_MAX_RECORD_SIZE, Selection.csv("a\n" + long1 + "yyyy\n"), "SELECT * FROM COSObject");
        assertFails(
                CosError.OVER_MAX_RECORD_SIZE,
                Selection.csv("a\n" + long1 + "\n").to(Selection.JSON),
                "SELECT _1, _1 AS b FROM COSObject");
    }

    @Test
    void whatIsNotUtf8IsRefusedWhereItIsLookedAt() {
        Selection latin = Selection.of(new byte[] {'a', ',', (byte) 0xe9, '\n'}, Selection.csv(Header.NONE));
        assertThat(latin.select("SELECT _1 FROM COSObject")).isEqualTo("a\n");
        assertFails(CosError.INVALID_TEXT_ENCODING, latin, "SELECT * FROM COSObject");
        assertFails(CosError.INVALID_TEXT_ENCODING, latin, "SELECT UPPER(_2) FROM COSObject");
    }

    @Test
    void onlyRecordsThatBeginWithinTheRange() {
        String lines = "a,1\nb,2\nc,3\nd,4\n";
        Selection all = Selection.csv(lines);
        for (int start = 0; start <= 16; start++) {
            for (int end = start; end <= 17; end++) {
                int low = start;
                int high = end;
                String expected = IntStream.range(0, 4)
                        .filter(i -> 4 * i >= low && 4 * i <= high)
                        .mapToObj(i -> lines.substring(4 * i, 4 * i + 4))
                        .collect(Collectors.joining());
                assertThat(all.within(Optional.of((long) start), Optional.of((long) end))
                                .select("SELECT * FROM COSObject"))
                        .as("%d to %d", start, end)
                        .isEqualTo(expected);
            }
        }
        assertThat(all.within(Optional.empty(), Optional.of(5L)).select("SELECT * FROM COSObject"))
                .isEqualTo("d,4\n");
        assertThat(all.as(Selection.csv(Header.USE))
                        .within(Optional.of(9L), Optional.empty())
                        .select("SELECT a FROM COSObject"))
                .isEqualTo("d\n");
    }

    private static byte[] bzip2(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream bzip2 = new BZip2CompressorOutputStream(out)) {
            bzip2.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] twice(byte[] bytes) {
        byte[] both = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, both, bytes.length, bytes.length);
        return both;
    }

    @Test
    void compressedObjects() throws IOException {
        byte[] lines = "a\nb\n".repeat(100_000).getBytes(UTF_8);
        InputFormat csv = Selection.csv(Header.NONE);
        String count = "SELECT COUNT(*) FROM COSObject";
        assertThat(Selection.of(gzip(lines), csv).as(Compression.GZIP).select(count))
                .isEqualTo("200000\n");
        assertThat(Selection.of(twice(gzip(lines)), csv).as(Compression.GZIP).select(count))
                .isEqualTo("400000\n");
        assertThat(Selection.of(bzip2(lines), csv).as(Compression.BZIP2).select(count))
                .isEqualTo("200000\n");
        assertThat(Selection.of(twice(bzip2(lines)), csv).as(Compression.BZIP2).select(count))
                .isEqualTo("400000\n");
        byte[] cut = Arrays.copyOf(gzip(lines), 200);
        assertFails(CosError.GZIP_DECOMPRESS_ERROR, Selection.of(cut, csv).as(Compression.GZIP), count);
        assertFails(CosError.GZIP_DECOMPRESS_ERROR, Selection.csv("a\n").as(Compression.GZIP), count);
        assertFails(CosError.BZIP2_DECOMPRESS_ERROR, Selection.csv("a\n").as(Compression.BZIP2), count);
        byte[] half = Arrays.copyOf(bzip2(lines), 30);
        assertFails(CosError.BZIP2_DECOMPRESS_ERROR, Selection.of(half, csv).as(Compression.BZIP2), count);
    }
}
