package coffer.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void decodesEscapesOnceAndPlusAsABlank() {
        Query query = Query.parse("prefix=a+b%2Bc%252F&acl&marker=");
        assertThat(query.last("prefix")).contains("a b+c%2F");
        assertThat(query.has("acl")).isTrue();
        assertThat(query.last("acl")).contains("");
        assertThat(query.nonEmpty("marker")).isEmpty();
        assertThat(query.has("delimiter")).isFalse();
    }

    @Test
    void takesTheLastOfRepeatedParameters() {
        assertThat(Query.parse("a=1&a=2").last("a")).contains("2");
    }

    @Test
    void refusesBrokenEscapesAndWhatIsNotUtf8() {
        for (String raw : new String[] {"a=%", "a=%2", "a=%zz", "a=%ff", "%c3=1"}) {
            assertThatThrownBy(() -> Query.parse(raw))
                    .as(raw)
                    .isInstanceOfSatisfying(
                            CosException.class, e -> assertThat(e.error()).isEqualTo(CosError.INVALID_URI));
        }
    }

    @Test
    void showsNamesAndNoValues() {
        assertThat(Query.parse("q-signature=secret").toString()).isEqualTo("[q-signature]");
    }
}
