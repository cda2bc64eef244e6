package coffer.select.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What expressions come to. Of functions, the examples are those of the documentation. */
class ExpressionTest {
    private static final Selection RECORD = Selection.json("""
            {"a": 3, "b": -2.5, "t": "Text", "n": null, "yes": true, "s": {"x": [10, {"y": "deep"}]}, "Case": 1, "case": 2}
            """);

    private static String value(String expression) {
        return RECORD.select("SELECT " + expression + " AS v FROM COSObject s0").strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    1 + 2 * 3                                    | {"v":7}
                    (1 + 2) * 3                                  | {"v":9}
                    7 / 2                                        | {"v":3}
                    7 / 2.0                                      | {"v":3.5}
                    7 % 4                                        | {"v":3}
                    -a                                           | {"v":-3}
                    - -2                                         | {"v":2}
                    0.1 + 0.2                                    | {"v":0.3}
                    1e1 + 1                                      | {"v":11.0}
                    9223372036854775807 + 1                      | {"v":9223372036854775808}
                    a > b                                        | {"v":true}
                    a = 3 AND NOT b > 0                          | {"v":true}
                    1 = 1 = TRUE                                 | {"v":true}
                    a BETWEEN 3 AND 4                            | {"v":true}
                    a NOT BETWEEN 4 AND 5                        | {"v":true}
                    a IN (1, 2, 3)                               | {"v":true}
                    t NOT IN ('x', 'y')                          | {"v":true}
                    t LIKE 'T%'                                  | {"v":true}
                    t LIKE '_ex_'                                | {"v":true}
                    t NOT LIKE '%X%'                             | {"v":true}
                    '50%' LIKE '50!%' ESCAPE '!'                 | {"v":true}
                    '500' LIKE '50!%' ESCAPE '!'                 | {"v":false}
                    n IS NULL                                    | {"v":true}
                    n IS MISSING                                 | {"v":false}
                    gone IS MISSING                              | {"v":true}
                    gone IS NULL                                 | {"v":true}
                    t IS NOT NULL                                | {"v":true}
                    n = 1                                        | {"v":null}
                    gone = 1                                     | {}
                    n > 1 AND FALSE                              | {"v":false}
                    n > 1 OR TRUE                                | {"v":true}
                    t = 5                                        | {"v":false}
                    s.x[0]                                       | {"v":10}
                    s0.s.x[1].y                                  | {"v":"deep"}
                    s.x                                          | {"v":[10,{"y":"deep"}]}
                    s.x[9]                                       | {}
                    "Case"                                       | {"v":1}
                    COALESCE(gone, n, 5)                         | {"v":5}
                    NULLIF(a, 3)                                 | {"v":null}
                    NULLIF(a, 4)                                 | {"v":3}
                    CASE WHEN a > 2 THEN 'big' ELSE 'small' END  | {"v":"big"}
                    CASE a WHEN 1 THEN 'one' WHEN 3 THEN 'three' END | {"v":"three"}
                    CHAR_LENGTH('旅行')                           | {"v":2}
                    CHARACTER_LENGTH('')                         | {"v":0}
                    LOWER(t) = 'text'                            | {"v":true}
                    UPPER(t)                                     | {"v":"TEXT"}
                    SUBSTRING('123456789', 0)                    | {"v":"123456789"}
                    SUBSTRING('123456789', 2)                    | {"v":"23456789"}
                    SUBSTRING('123456789', -4)                   | {"v":"123456789"}
                    SUBSTRING('123456789', 0, 999)               | {"v":"123456789"}
                    SUBSTRING('123456789' FROM 1 FOR 5)          | {"v":"12345"}
                    SUBSTRING('123456789', -1, 3)                | {"v":"1"}
                    TRIM('       foobar         ')               | {"v":"foobar"}
                    TRIM(LEADING FROM '  foo ')                  | {"v":"foo "}
                    TRIM(TRAILING FROM '  foo ')                 | {"v":"  foo"}
                    TRIM(BOTH '12' FROM '1112211foobar22211122') | {"v":"foobar"}
                    CAST('17' AS INT)                            | {"v":17}
                    CAST(2.9 AS INT)                             | {"v":2}
                    CAST('1.5' AS FLOAT)                         | {"v":1.5}
                    CAST(2 AS STRING)                            | {"v":"2"}
                    CAST('12.345' AS DECIMAL(10, 2))             | {"v":12.35}
                    CAST('true' AS BOOL)                         | {"v":true}
                    CAST('2007-04-05T14:30Z' AS TIMESTAMP)       | {"v":"2007-04-05T14:30Z"}
                    CAST(n AS INT)                               | {"v":null}
                    DATE_ADD(year, 5, `2010-01-01T`)             | {"v":"2015-01-01"}
                    DATE_ADD(month, 1, `2010T`)                  | {"v":"2010-02T"}
                    DATE_ADD(month, 13, `2010T`)                 | {"v":"2011-02T"}
                    DATE_ADD(day, -1, `2017-01-10T`)             | {"v":"2017-01-09"}
                    DATE_ADD(hour, 1, `2017T`)                   | {"v":"2017-01-01T01:00Z"}
                    DATE_ADD(minute, 1, `2017-01-02T03:04:05.006Z`) | {"v":"2017-01-02T03:05:05.006Z"}
                    DATE_DIFF(year, `2010-01-01T`, `2011-01-01T`) | {"v":1}
                    DATE_DIFF(month, `2010T`, `2010-05T`)        | {"v":4}
                    DATE_DIFF(month, `2011T`, `2010T`)           | {"v":-12}
                    DATE_DIFF(day, `2010-01-01T23:00Z`, `2010-01-02T01:00Z`) | {"v":0}
                    EXTRACT(YEAR FROM `2010-01-01T`)             | {"v":2010}
                    EXTRACT(MONTH FROM `2010T`)                  | {"v":1}
                    EXTRACT(HOUR FROM `2017-01-02T03:04:05+07:08`) | {"v":3}
                    EXTRACT(TIMEZONE_HOUR FROM `2017-01-02T03:04:05+07:08`) | {"v":7}
                    EXTRACT(TIMEZONE_MINUTE FROM `2017-01-02T03:04:05+07:08`) | {"v":8}
                    EXTRACT(SECOND FROM `2017-01-02T03:04:05.25Z`) | {"v":5.25}
                    TO_STRING(`1969-07-20T20:18Z`, 'MMMM d, y')  | {"v":"July 20, 1969"}
                    TO_STRING(`1969-07-20T20:18Z`, 'M-d-yy')     | {"v":"7-20-69"}
                    TO_STRING(`1969-07-20T20:18Z`, 'MMM d, y h:m a') | {"v":"Jul 20, 1969 8:18 PM"}
                    TO_STRING(`1969-07-20T20:18Z`, 'y-MM-dd''T''H:m:ssX') | {"v":"1969-07-20T20:18:00Z"}
                    TO_STRING(`1969-07-20T20:18+08:00Z`, 'y')    | SQLParsingError
                    TO_STRING(`1969-07-20T20:18:01.5+08:00`, 'S XXX x') | {"v":"5 +08:00 +08"}
                    TO_TIMESTAMP('2007T')                        | {"v":"2007T"}
                    TO_TIMESTAMP('2007-02-23T12:14:33.079-08:00') | {"v":"2007-02-23T12:14:33.079-08:00"}
                    UTCNOW()                                     | {"v":"2024-05-06T07:08:09Z"}
                    `2024-01-01T00:00Z` < `2024-01-01T01:00+00:30` | {"v":true}
                    """)
    void isWhatTheDocumentationSays(String expression, String expected) {
        if (expected.startsWith("{")) {
            assertThat(value(expression)).isEqualTo(expected);
        } else {
            assertThatThrownBy(() -> value(expression))
                    .isInstanceOfSatisfying(
                            CosException.class,
                            e -> assertThat(e.error().code()).isEqualTo(expected));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    CAST('x' AS INT)                | CAST_FAILED
                    CAST('1.5' AS INT)              | CAST_FAILED
                    CAST('1e999' AS FLOAT)          | CAST_FAILED
                    CAST(s AS STRING)               | CAST_FAILED
                    CAST('2007' AS TIMESTAMP)       | CAST_FAILED
                    case                            | SQL_PARSING_ERROR
                    "CASE" + casE                   | SQL_PARSING_ERROR
                    t < 5                           | COMPARISON_FAILED
                    t + 1                           | EVALUATOR_INVALID_ARGUMENTS
                    1 / 0                           | EVALUATOR_INVALID_ARGUMENTS
                    1 % 0.0                         | EVALUATOR_INVALID_ARGUMENTS
                    t AND TRUE                      | EVALUATOR_INVALID_ARGUMENTS
                    t LIKE 'x!' ESCAPE '!'          | EVALUATOR_INVALID_ARGUMENTS
                    TO_STRING(`2007T`, 'QQ')        | EVALUATOR_INVALID_ARGUMENTS
                    SUBSTRING(t, 1, -1)             | EVALUATOR_INVALID_ARGUMENTS
                    DATE_ADD(year, 9999999999, `2010T`) | EVALUATOR_INVALID_ARGUMENTS
                    """)
    void isRefused(String expression, CosError error) {
        assertThatThrownBy(() -> value(expression))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    @Test
    void aNameThatTwoFieldsHaveIsAmbiguousUnlessQuoted() {
        Selection twice = Selection.json("{\"Ab\": 1, \"aB\": 2}");
        assertThat(twice.select("SELECT \"aB\" FROM COSObject")).isEqualTo("{\"aB\":2}\n");
        assertThatThrownBy(() -> twice.select("SELECT ab FROM COSObject"))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.AMBIGUOUS_FIELD_NAME));
    }
}
