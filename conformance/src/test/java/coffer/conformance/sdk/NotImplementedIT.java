package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations of COS this server does not have: they say so, and above all are not mistaken for a plain GET or PUT. */
@ExtendWith(SharedCoffer.class)
class NotImplementedIT {
    /** The rows of the compatibility table that are of buckets and objects. */
    static Stream<Arguments> rows() throws IOException {
        Pattern row = Pattern.compile("\\| (\\w+) \\| `(\\w+) /(<key>)?([^` ]*)` \\| 501 .*");
        List<String> page = Files.readAllLines(Path.of(Scratch.property("coffer.docsFolder"), "compatibility.md"));
        return page.stream()
                .map(row::matcher)
                .filter(Matcher::matches)
                .filter(NotImplementedIT::hasABucket)
                .map(match -> Arguments.of(match.group(2), "/" + (match.group(3) == null ? "" : "k") + match.group(4)));
    }

    private static boolean hasABucket(Matcher row) {
        return !List.of("FetchTask", "ProcessData").contains(row.group(1));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("rows")
    void sayThatTheyAreNotThere(String method, String target, TestBucket bucket) {
        bucket.put("k", "untouched");
        RawRequest request = bucket.request(method, target);
        RawResponse answer = RawConnection.exchange(
                bucket.server(), (method.startsWith("P") ? request.body("<Document/>") : request).signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(501);
        assertThat(answer.errorCode()).isEqualTo("NotImplemented");
        assertThat(bucket.text("k")).isEqualTo("untouched");
    }

    /** A browser's cache buster is no subresource. */
    @Test
    void unknownParametersOfAReadAreIgnored(TestBucket bucket) {
        bucket.put("k", "text");
        RawResponse answer = RawConnection.exchange(
                bucket.server(), bucket.request("GET", "/k?_=1712345&v=2").signed());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("text");
    }
}
