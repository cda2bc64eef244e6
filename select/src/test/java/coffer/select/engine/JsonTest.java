package coffer.select.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.InputFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queries on JSON. The document with the rules and what is selected of it are those of the documentation of S3. */
class JsonTest {
    private static final Selection RULES = Selection.json("""
            {
              "Rules": [
                {"id": "1"},
                {"expr": "y > x"},
                {"id": "2", "expr": "z = DEBUG"}
              ],
              "created": "June 27",
              "modified": "July 6"
            }
            """).as(new InputFormat.Json(false));

    private static void assertFails(CosError error, Selection selection, String query) {
        assertThatThrownBy(() -> selection.select(query))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void partsOfADocument() {
        assertThat(RULES.lines("SELECT id FROM COSObject[*].Rules[*].id"))
                .containsExactly("{\"id\":\"1\"}", "{}", "{\"id\":\"2\"}");
        assertThat(RULES.lines("SELECT id FROM COSObject[*].Rules[*].id WHERE id IS NOT MISSING"))
                .containsExactly("{\"id\":\"1\"}", "{\"id\":\"2\"}");
        assertThat(RULES.lines("SELECT r.expr FROM COSObject.Rules[*] r WHERE r.id = '2'"))
                .containsExactly("{\"expr\":\"z = DEBUG\"}");
        assertThat(RULES.lines("SELECT * FROM COSObject[*].Rules[1]")).containsExactly("{\"expr\":\"y > x\"}");
        assertThat(RULES.lines("SELECT d.created, d.Rules[0].id FROM COSObject[*] d"))
                .containsExactly("{\"created\":\"June 27\",\"id\":\"1\"}");
        assertThat(RULES.lines("SELECT * FROM COSObject s WHERE s.gone = 1")).isEmpty();
        assertThat(RULES.lines("SELECT COUNT(*) FROM COSObject[*].Rules[*]")).containsExactly("{\"_1\":3}");
    }

    @Test
    void linesAreRecords() {
        Selection lines =
                Selection.json("{\"a\":1,\"b\":\"x\"}\n{\"a\":2.50,\"b\":null}\n\n{\"b\":{\"c\":[1,\"\\u00e9\"]}}\n");
        assertThat(lines.lines("SELECT * FROM COSObject"))
                .containsExactly("{\"a\":1,\"b\":\"x\"}", "{\"a\":2.50,\"b\":null}", "{\"b\":{\"c\":[1,\"é\"]}}");
        assertThat(lines.to(Selection.CSV).lines("SELECT a, b FROM COSObject"))
                .containsExactly("1,x", "2.50,", ",\"{\"\"c\"\":[1,\"\"é\"\"]}\"");
        assertThat(lines.lines("SELECT s.a FROM COSObject s WHERE s.a >= 2")).containsExactly("{\"a\":2.50}");
        assertThat(lines.lines("SELECT s FROM COSObject s LIMIT 1")).containsExactly("{\"s\":{\"a\":1,\"b\":\"x\"}}");
    }

    @Test
    void recordsNeedNotBeObjects() {
        assertThat(Selection.json("[1,2]\n\"x\"\n7\n").lines("SELECT * FROM COSObject"))
                .containsExactly("{\"_1\":[1,2]}", "{\"_1\":\"x\"}", "{\"_1\":7}");
        assertThat(Selection.json("[1,2]\n").lines("SELECT * FROM COSObject[*][*]"))
                .containsExactly("{\"_1\":1}", "{\"_1\":2}");
    }

    @Test
    void aDocumentMayBeLargerThanARecord() {
        String large = IntStream.range(0, 60_000)
                .mapToObj(i -> "{\"i\":" + i + ",\"pad\":\"" + "p".repeat(50) + "\"}")
                .collect(Collectors.joining(",", "{\"before\":[1,[2]],\"items\":[", "]}"));
        Selection document = Selection.json(large).as(new InputFormat.Json(false));
        assertThat(document.lines("SELECT COUNT(*), SUM(s.i) FROM COSObject.items[*] s"))
                .containsExactly("{\"_1\":60000,\"_2\":1799970000}");
        assertFails(CosError.OVER_MAX_RECORD_SIZE, document, "SELECT * FROM COSObject");
    }

    @Test
    void whatIsNoJson() {
        assertFails(CosError.JSON_PARSING_ERROR, Selection.json("{\"a\":1"), "SELECT * FROM COSObject");
        assertFails(CosError.JSON_PARSING_ERROR, Selection.json("a,b\n"), "SELECT * FROM COSObject");
        assertFails(
                CosError.JSON_PARSING_ERROR,
                Selection.json("{\"a\":" + "9".repeat(200) + "}"),
                "SELECT a FROM COSObject");
        assertFails(
                CosError.OVER_MAX_RECORD_SIZE,
                Selection.json("[".repeat(1000) + "]".repeat(1000)),
                "SELECT * FROM COSObject");
    }

    @Test
    void onlyLinesThatBeginWithinTheRange() {
        Selection lines = Selection.json("{\"a\":1}\n{\"a\":2}\n{\"a\":3}\n");
        for (long start = 0; start <= 24; start++) {
            for (long end = start; end <= 25; end++) {
                long low = start;
                long high = end;
                assertThat(lines.within(Optional.of(start), Optional.of(end)).lines("SELECT * FROM COSObject"))
                        .as("%d to %d", start, end)
                        .isEqualTo(IntStream.range(0, 3)
                                .filter(i -> 8L * i >= low && 8L * i <= high)
                                .mapToObj(i -> "{\"a\":" + (i + 1) + "}")
                                .toList());
            }
        }
    }
}
