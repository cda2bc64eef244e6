package coffer.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockDocumentsTest {
    private static final String EXAMPLE = "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>"
            + "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>14</Days></DefaultRetention></Rule>"
            + "</ObjectLockConfiguration>";

    private static Element parse(String document) {
        return Element.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String written(Consumer<XmlWriter> document) {
        XmlWriter xml = new XmlWriter();
        document.accept(xml);
        return xml.toString().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertRefused(CosError error, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
    }

    private static ObjectLockConfiguration configuration(String document) {
        return ObjectLockConfiguration.read(parse(document));
    }

    private static Retention retention(String content) {
        return Retention.read(parse("<Retention>" + content + "</Retention>"));
    }

    @Test
    void handsBackAConfiguration() {
        assertThat(written(configuration(EXAMPLE)::write)).isEqualTo(EXAMPLE);
        String bare =
                "<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";
        assertThat(written(configuration(bare)::write)).isEqualTo(bare);
        assertThat(configuration(EXAMPLE.replace("<Mode>COMPLIANCE</Mode>", "")))
                .isEqualTo(configuration(EXAMPLE));
        assertThat(configuration(EXAMPLE.replace("<Mode>COMPLIANCE</Mode>", "<Mode/>")))
                .isEqualTo(configuration(EXAMPLE));
    }

    @ParameterizedTest
    @CsvSource({
        "<ObjectLockEnabled>Enabled</ObjectLockEnabled>, ''",
        "<Days>14</Days>, ''",
        "DefaultRetention, Retention",
        "ObjectLockConfiguration, ObjectLock"
    })
    void refusesAConfigurationThatLacksAnElement(String right, String wrong) {
        assertRefused(CosError.MALFORMED_XML, () -> configuration(EXAMPLE.replace(right, wrong)));
    }

    @ParameterizedTest
    @CsvSource({"Enabled<, Disabled<", "COMPLIANCE, HARD", "14, fortnight", "14, ''", "14, 1.5"})
    void refusesWrongValues(String right, String wrong) {
        assertRefused(CosError.INVALID_ARGUMENT, () -> configuration(EXAMPLE.replace(right, wrong)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "36501", "99999999999"})
    void refusesRetentionsTooShortOrTooLong(String days) {
        assertRefused(CosError.INVALID_LOCKED_TIME, () -> configuration(EXAMPLE.replace("14", days)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "36500"})
    void takesTheShortestAndTheLongestRetention(String days) {
        assertThat(written(configuration(EXAMPLE.replace("14", days))::write)).contains("<Days>" + days + "</Days>");
    }

    @Test
    void fitsNeitherSuspendedVersioningNorTieringNorSeveralZones() {
        ObjectLockConfiguration.requireFits(false, false, false);
        assertRefused(CosError.INVALID_BUCKET_STATE, () -> ObjectLockConfiguration.requireFits(true, false, false));
        assertRefused(CosError.INVALID_BUCKET_STATE, () -> ObjectLockConfiguration.requireFits(false, true, false));
        assertRefused(CosError.INVALID_BUCKET_STATE, () -> ObjectLockConfiguration.requireFits(false, false, true));
    }

    @Test
    void handsBackARetention() {
        String content = "<Mode>GOVERNANCE</Mode><RetainUntilDate>2027-01-31T08:34:48.120Z</RetainUntilDate>";
        assertThat(written(retention(content)::write)).isEqualTo("<Retention>" + content + "</Retention>");
    }

    @ParameterizedTest
    @CsvSource({
        "2027-01-31T08:34:48Z, 2027-01-31T08:34:48.000Z",
        "2027-01-31T08:34:48.123456789Z, 2027-01-31T08:34:48.123Z",
        "2027-01-31T08:34:48+08:00, 2027-01-31T00:34:48.000Z",
        "9999-12-31T23:59:59.999Z, 9999-12-31T23:59:59.999Z"
    })
    void readsTheDatesThatClientsSendAndWritesMilliseconds(String sent, String written) {
        assertThat(written(retention("<RetainUntilDate>" + sent + "</RetainUntilDate>")::write))
                .isEqualTo("<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>" + written
                        + "</RetainUntilDate></Retention>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tomorrow",
                "2027-01-31",
                "2027-02-30T00:00:00Z",
                "1969-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-12-31T23:59:59Z"
            })
    void refusesDatesThatAreNone(String date) {
        assertRefused(CosError.INVALID_ARGUMENT, () -> retention("<RetainUntilDate>" + date + "</RetainUntilDate>"));
    }

    @Test
    void refusesARetentionWithoutDate() {
        assertRefused(CosError.MALFORMED_XML, () -> retention("<Mode>COMPLIANCE</Mode>"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "compliance", "Governance"})
    void refusesModesThatThereAreNot(String mode) {
        assertRefused(
                CosError.INVALID_ARGUMENT,
                () -> retention("<Mode>" + mode + "</Mode><RetainUntilDate>2027-01-31T08:34:48Z</RetainUntilDate>"));
        assertRefused(CosError.INVALID_ARGUMENT, () -> configuration(EXAMPLE.replace("COMPLIANCE", mode)));
    }

    @Test
    void makesADefaultRetentionFromTheTimeOfTheWrite() {
        assertThat(new DefaultRetention(RetentionMode.COMPLIANCE, 14, DefaultRetention.Unit.DAYS)
                        .from(Instant.parse("2026-12-25T10:00:00Z")))
                .isEqualTo(new Retention(RetentionMode.COMPLIANCE, Instant.parse("2027-01-08T10:00:00Z")));
    }

    @Test
    void handsBackALegalHold() {
        for (LegalHold hold : LegalHold.values()) {
            assertThat(LegalHold.read(parse(written(hold::write)))).isEqualTo(hold);
        }
        assertThat(written(LegalHold.ON::write)).isEqualTo("<LegalHold><Status>ON</Status></LegalHold>");
        assertRefused(CosError.MALFORMED_XML, () -> LegalHold.read(parse("<LegalHold/>")));
        assertRefused(
                CosError.INVALID_ARGUMENT,
                () -> LegalHold.read(parse("<LegalHold><Status>maybe</Status></LegalHold>")));
    }
}
