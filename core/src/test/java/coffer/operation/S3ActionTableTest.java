package coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.access.ConditionValues;
import coffer.access.S3Action;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table in {@code docs/s3-access.md} of what AWS policies call each operation is what they are asked. */
class S3ActionTableTest {
    private static final Path PAGE = Path.of("..", "docs", "s3-access.md");
    private static final String BEGIN = "<!-- actions: made by S3ActionTableTest -->\n";
    private static final String END = "<!-- end of actions -->\n";

    @Test
    void everyRowHasItsAction() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        String written = page.substring(0, begin) + table() + page.substring(end);
        if ("write".equals(System.getProperty("coffer.docs"))) {
            Files.writeString(PAGE, written);
        }
        assertThat(Files.readString(PAGE))
                .as("run this test with -Dcoffer.docs=write")
                .isEqualTo(written);
    }

    /** None is left that AWS calls otherwise only by case, or that clients of AWS would look for by another name. */
    @Test
    void namesAreThoseOfAws() {
        assertThat(Stream.of(Operation.values())
                        .map(row -> S3Action.of(row.action(), ConditionValues.NONE))
                        .filter(name -> name.endsWith("ACL") || name.startsWith("Head") || name.contains("Multipart"))
                        .distinct())
                .containsExactlyInAnyOrder(
                        "AbortMultipartUpload", "ListBucketMultipartUploads", "ListMultipartUploadParts");
    }

    private static String table() {
        StringBuilder table = new StringBuilder("""
                | Action of COS | Action of S3 | with `versionId` |
                | --- | --- | --- |
                """);
        TreeSet<String> actions = new TreeSet<>();
        actions.add("BypassGovernanceRetention");
        for (Operation row : Operation.values()) {
            actions.add(row.action());
        }
        for (String action : actions) {
            String plain = S3Action.of(action, ConditionValues.NONE);
            String ofVersion = S3Action.of(action, key -> Optional.of(List.of("v")));
            table.append("| `%s` | `s3:%s` | %s |\n"
                    .formatted(action, plain, ofVersion.equals(plain) ? "" : "`s3:" + ofVersion + "`"));
        }
        return table.toString();
    }
}
