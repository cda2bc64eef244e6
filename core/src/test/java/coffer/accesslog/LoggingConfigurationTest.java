package coffer.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingConfigurationTest {
    private static Element document(String enabled) {
        return Element.parse(("<BucketLoggingStatus>" + enabled + "</BucketLoggingStatus>").getBytes(UTF_8));
    }

    private static Element enabled(String content) {
        return document("<LoggingEnabled><TargetBucket>logs-1</TargetBucket>" + content + "</LoggingEnabled>");
    }

    private static String stored(LoggingConfiguration logging) {
        XmlWriter xml = new XmlWriter();
        logging.writeStored(xml);
        return xml.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "COS, '<TargetPrefix>a/</TargetPrefix>', COS",
        "COS, '<TargetGrants><Grant/></TargetGrants>', COS",
        "S3, '', SIMPLE",
        "S3, '<TargetGrants/>', SIMPLE",
        "S3, '<TargetObjectKeyFormat><SimplePrefix/></TargetObjectKeyFormat>', SIMPLE",
        "S3, '<TargetObjectKeyFormat><PartitionedPrefix/></TargetObjectKeyFormat>', BY_DELIVERY_TIME",
        "S3, '<TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>EventTime</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat>', BY_EVENT_TIME",
    })
    void isStoredAsItWasUnderstood(LogFormat format, String content, LogKeys keys) {
        LoggingConfiguration read = format == LogFormat.COS
                ? LoggingConfiguration.readOfCos(enabled(content))
                : LoggingConfiguration.readOfS3(enabled(content));
        LogTarget target = read.target().orElseThrow();
        assertThat(target.format()).isEqualTo(format);
        assertThat(target.keys()).isEqualTo(keys);
        assertThat(LoggingConfiguration.readStored(Element.parse(stored(read).getBytes(UTF_8))))
                .isEqualTo(read);
    }

    @Test
    void nothingEnabledIsNoTarget() {
        assertThat(LoggingConfiguration.readOfCos(document("")).target()).isEmpty();
        assertThat(LoggingConfiguration.readOfS3(document("")).target()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'<LoggingEnabled/>', MalformedXML",
        "'<LoggingEnabled><TargetBucket>b</TargetBucket><TargetObjectKeyFormat/></LoggingEnabled>', MalformedXML",
        "'<LoggingEnabled><TargetBucket>b</TargetBucket><TargetGrants><Grant/></TargetGrants></LoggingEnabled>', NotImplemented",
        "'<LoggingEnabled><TargetBucket>b</TargetBucket><TargetPrefix>&#x1a;</TargetPrefix></LoggingEnabled>', MalformedXML",
        "'<LoggingEnabled><TargetBucket>b</TargetBucket><TargetObjectKeyFormat><PartitionedPrefix><PartitionDateSource>x</PartitionDateSource></PartitionedPrefix></TargetObjectKeyFormat></LoggingEnabled>', MalformedXML",
    })
    void refusesWhatSaysNothing(String content, String code) {
        assertThatThrownBy(() -> LoggingConfiguration.readOfS3(document(content)))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    @Test
    void aPrefixLeavesRoomForTheRestOfAKey() {
        assertThatThrownBy(() ->
                        LoggingConfiguration.readOfCos(enabled("<TargetPrefix>" + "旅".repeat(171) + "</TargetPrefix>")))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo("LoggingPrefixInvalid"));
    }

    @ParameterizedTest
    @CsvSource({
        "COS, p/2026/02/01/20260202000001_000000000000000a_2",
        "SIMPLE, p/2026-02-02-00-00-01-000000000000000C",
        "BY_EVENT_TIME, p/1250000000/ap-guangzhou/photos/2026/02/01/2026-02-01-00-00-00-000000000000000C",
        "BY_DELIVERY_TIME, p/1250000000/ap-guangzhou/photos/2026/02/02/2026-02-02-00-00-01-000000000000000C",
    })
    void keysSayWhen(LogKeys keys, String key) {
        assertThat(keys.key(
                        LogLinesTest.SOURCE,
                        "p/",
                        LocalDate.parse("2026-02-01"),
                        Instant.parse("2026-02-02T00:00:01Z"),
                        10,
                        2))
                .isEqualTo(key);
    }
}
