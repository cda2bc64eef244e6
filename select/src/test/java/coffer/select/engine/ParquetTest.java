package coffer.select.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.InputFormat;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries on Parquet: files of ten rows with a column of each kind, written by DuckDB. */
class ParquetTest {
    private static void assertFails(CosError error, Selection selection, String query) {
        assertThatThrownBy(() -> selection.select(query))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @ParameterizedTest
    @ValueSource(strings = {"people-snappy.parquet", "people-gzip.parquet"})
    void columnsAreTyped(String file) {
        Selection people = Selection.resource(file);
        assertThat(people.lines("SELECT id, name, score, active, price, born, seen, note FROM COSObject LIMIT 3"))
                .containsExactly(
                        "1,user1,1.5,false,100.00,2024-01-02,2024-01-01T11:00:00Z,n1",
                        "2,user2,3.0,true,200.00,2024-01-03,2024-01-01T12:00:00Z,n2",
                        "3,user3,4.5,false,300.00,2024-01-04,2024-01-01T13:00:00Z,");
        assertThat(people.to(Selection.JSON).lines("SELECT s.address, s.tags FROM COSObject s WHERE s.id = 7"))
                .containsExactly("{\"address\":{\"street\":\"s7\",\"no\":7},\"tags\":[7,8]}");
        assertThat(people.lines("SELECT s.address.street, s.tags[1] FROM COSObject s WHERE s.note IS NULL"))
                .containsExactly("s3,4", "s6,7", "s9,10");
        assertThat(people.lines("SELECT COUNT(*) FROM COSObject")).containsExactly("10");
        assertThat(people.lines("SELECT SUM(price), AVG(score), MAX(name), MIN(seen) FROM COSObject WHERE active"))
                .containsExactly("3000.00,9.0,user8,2024-01-01T12:00:00Z");
        assertThat(people.lines("SELECT NAME FROM COSObject WHERE born > `2024-01-10T`"))
                .containsExactly("user10");
        assertThat(people.to(Selection.JSON).select("SELECT * FROM COSObject LIMIT 1"))
                .isEqualTo("{\"id\":1,\"name\":\"user1\",\"score\":1.5,\"active\":false,\"price\":100.00,"
                        + "\"born\":\"2024-01-02\",\"seen\":\"2024-01-01T11:00:00Z\",\"note\":\"n1\","
                        + "\"address\":{\"street\":\"s1\",\"no\":1},\"tags\":[1,2]}\n");
        assertFails(CosError.MISSING_HEADERS, people, "SELECT gone FROM COSObject");
    }

    @Test
    void otherCompressionsAndOtherThingsAreRefused() {
        assertFails(
                CosError.INVALID_COMPRESSION_FORMAT,
                Selection.resource("people-zstd.parquet"),
                "SELECT * FROM COSObject");
        InputFormat parquet = new InputFormat.Parquet();
        assertFails(
                CosError.PARQUET_PARSING_ERROR,
                Selection.of("no such thing".getBytes(UTF_8), parquet),
                "SELECT * FROM COSObject");
        byte[] whole = Selection.resource("people-snappy.parquet").object();
        assertFails(
                CosError.PARQUET_PARSING_ERROR,
                Selection.of(Arrays.copyOf(whole, whole.length - 20), parquet),
                "SELECT * FROM COSObject");
        byte[] damaged = whole.clone();
        Arrays.fill(damaged, 100, 300, (byte) 0xff);
        assertFails(CosError.PARQUET_PARSING_ERROR, Selection.of(damaged, parquet), "SELECT * FROM COSObject");
    }
}
