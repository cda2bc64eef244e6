package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of {@code authorization.txt}: who may do what, and why. */
class AuthorizerTableTest {
    static List<AccessTable.Row> rows() {
        return AccessTable.read("authorization.txt");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(AccessTable.Row row) {
        String decision = row.decide().toString();
        for (Map.Entry<String, String> name : AccessTable.IDS.entrySet()) {
            decision = decision.replace(name.getValue(), name.getKey());
        }
        assertThat(decision).as(row.toString()).isEqualTo(row.expected());
    }

    @Test
    void theTableIsLong() {
        assertThat(rows()).hasSizeGreaterThan(300);
    }
}
