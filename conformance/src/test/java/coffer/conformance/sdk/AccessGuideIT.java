package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/access-control.md and docs/website.md, word for word but for the name of the bucket. */
@ExtendWith(SharedCoffer.class)
class AccessGuideIT {
    private static final Pattern EXAMPLE =
            Pattern.compile("^```(?:json|xml) ([\\w-]+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    static Stream<Arguments> examples() throws IOException {
        Path docs = Path.of(Scratch.property("coffer.docsFolder"));
        String guides =
                Files.readString(docs.resolve("access-control.md")) + Files.readString(docs.resolve("website.md"));
        return EXAMPLE.matcher(guides).results().map(match -> Arguments.of(match.group(1), match.group(2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void isAcceptedAsItStands(String setting, String document, TestBucket bucket) {
        RawResponse answer = bucket.signed(
                bucket.request("PUT", "/?" + setting).body(document.replace("demo-1250000000", bucket.name())));
        assertThat(answer.status()).as(answer.text()).isIn(200, 204);
        bucket.put("k", "text");
        assertThat(bucket.text("k")).isEqualTo("text");
    }
}
