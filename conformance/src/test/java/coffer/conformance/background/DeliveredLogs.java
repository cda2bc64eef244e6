package coffer.conformance.background;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.model.COSObjectSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Access logs that were delivered.
 *
 * @param admin moves the clock
 * @param logs where they are
 */
record DeliveredLogs(AdminApi admin, TestBucket logs) {
    List<String> keys(String prefix) {
        return logs.cos().listObjects(logs.name(), prefix).getObjectSummaries().stream()
                .map(COSObjectSummary::getKey)
                .toList();
    }

    /** All lines, once there are as many: a request may be taken down some moments after its answer. */
    List<String> lines(String prefix, int count) {
        List<String> lines = new ArrayList<>();
        for (int attempt = 0; attempt < 20 && lines.size() < count; attempt++) {
            admin.advance("PT5M");
            lines.clear();
            keys(prefix).forEach(key -> lines.addAll(logs.text(key).lines().toList()));
        }
        assertThat(lines).as("%s", lines).hasSize(count);
        return lines;
    }

    /** The same, field by field. */
    List<LogLine> parsed(int count) {
        return lines("", count).stream().map(LogLine::parse).toList();
    }

    static LogLine only(List<LogLine> lines, Predicate<LogLine> which) {
        List<LogLine> found = lines.stream().filter(which).toList();
        assertThat(found).as("%s", lines).hasSize(1);
        return found.getFirst();
    }

    static LogLine only(List<LogLine> lines, String operation) {
        return only(lines, line -> line.operation().equals(operation));
    }
}
