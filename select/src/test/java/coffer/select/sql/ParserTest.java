package coffer.select.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {
    private static Select parse(String query) {
        return Parser.parse(query, "COSObject");
    }

    @Test
    void readsAWholeQuery() {
        Select select = parse("SELECT s.a AS x, \"b\" FROM COSObject[*].list[2] s WHERE a = 1 OR b < 2 AND c LIMIT 5;");
        assertThat(select.items())
                .containsExactly(
                        new Select.Item(
                                new Expression.Path(List.of(
                                        new Expression.Field(new Name("s", false)),
                                        new Expression.Field(new Name("a", false)))),
                                Optional.of("x")),
                        new Select.Item(
                                new Expression.Path(List.of(new Expression.Field(new Name("b", true)))),
                                Optional.empty()));
        assertThat(select.from())
                .containsExactly(
                        new Expression.Each(), new Expression.Field(new Name("list", false)), new Expression.Index(2));
        assertThat(select.alias()).contains("s");
        assertThat(select.limit()).contains(5L);
        assertThat(select.where())
                .hasValueSatisfying(where -> assertThat(where).isInstanceOfSatisfying(Expression.Logical.class, or -> {
                    assertThat(or.isAnd()).isFalse();
                    assertThat(or.operands().getLast()).isInstanceOf(Expression.Logical.class);
                }));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "SELECT",
                "SELECT * FROM",
                "SELECT * FROM S3Object",
                "SELECT * FROM other",
                "SELECT *, a FROM COSObject",
                "SELECT a b c FROM COSObject",
                "SELECT date FROM COSObject",
                "SELECT * FROM COSObject WHERE",
                "SELECT * FROM COSObject LIMIT -1",
                "SELECT * FROM COSObject LIMIT 1.5",
                "SELECT * FROM COSObject GROUP BY a",
                "SELECT * FROM COSObject ORDER BY a",
                "SELECT * FROM COSObject a, COSObject b",
                "SELECT * FROM COSObject a JOIN COSObject b ON 1 = 1",
                "SELECT * FROM COSObject UNION SELECT * FROM COSObject",
                "SELECT (SELECT 1 FROM COSObject) FROM COSObject",
                "SELECT COUNT(DISTINCT a) FROM COSObject",
                "SELECT 'open FROM COSObject",
                "SELECT `yesterday` FROM COSObject",
                "SELECT nosuch(1) FROM COSObject",
                "SELECT LOWER(1, 2) FROM COSObject",
                "SELECT CAST(a AS BLOB) FROM COSObject",
                "SELECT EXTRACT(week FROM a) FROM COSObject",
                "SELECT DATE_ADD(timezone_hour, 1, a) FROM COSObject",
                "SELECT a FROM COSObject; SELECT b FROM COSObject",
                "INSERT INTO COSObject VALUES (1)",
                "COPY COSObject TO '/tmp/x'",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM \"/etc/passwd\"",
                "SELECT read_text('/etc/passwd') FROM COSObject",
                "SELECT * FROM COSObject; ATTACH 'http://localhost/x'",
                "PRAGMA database_list",
            })
    void refusesWhatIsNoQuery(String query) {
        assertThatThrownBy(() -> parse(query))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.SQL_PARSING_ERROR));
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertThatThrownBy(() -> parse("SELECT * FROM COSObject WHERE a = )"))
                .hasMessage("The query has ')' at position 35 where a value was expected.");
    }

    /** A query that nests too deeply is refused before it could use up the stack. */
    @ParameterizedTest
    @ValueSource(strings = {"(", "LOWER(", "NOT ", "- ", "1 + ", "CASE WHEN "})
    void nestsOnlySoDeeply(String piece) {
        assertThatThrownBy(() -> parse("SELECT " + piece.repeat(20_000) + "1 FROM COSObject"))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.SQL_PARSING_ERROR));
    }

    @Test
    void conditionsMayBeMany() {
        Select select = parse("SELECT * FROM COSObject WHERE a" + " OR a".repeat(30_000));
        assertThat(select.where()).isPresent();
    }
}
