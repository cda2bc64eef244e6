package coffer.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official SDK for browsers, in a page of another origin; the cases are in {@code src/test/browser}. */
@ExtendWith(SharedCoffer.class)
class BrowserSdkIT {
    static final String RULES = """
            <CORSConfiguration><CORSRule><AllowedOrigin>http://127.0.0.1:*</AllowedOrigin>\
            <AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedMethod>PUT</AllowedMethod>\
            <AllowedMethod>POST</AllowedMethod><AllowedMethod>DELETE</AllowedMethod>\
            <AllowedHeader>*</AllowedHeader><ExposeHeader>ETag</ExposeHeader>\
            <ExposeHeader>x-cos-request-id</ExposeHeader><ExposeHeader>x-cos-meta-colour</ExposeHeader>\
            </CORSRule></CORSConfiguration>""";

    @TestFactory
    Stream<DynamicTest> cases(TestBucket bucket, TestBucket closed) {
        Script script =
                Script.of("browser").install("npm", "ci", "--ignore-scripts").install("chromium", "--version");
        RawResponse set = bucket.signed(bucket.request("PUT", "/?cors").body(RULES));
        assertThat(set.status()).isEqualTo(200);
        return script.cases(bucket.server(), "node", "main.js", "page", bucket.name(), closed.name());
    }
}
