package coffer.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryConfigurationTest {
    private static final String DESTINATION = "<Destination><COSBucketDestination><Format>CSV</Format>"
            + "<AccountId>100000000001</AccountId><Bucket>qcs::cos:ap-guangzhou::reports-1250000000</Bucket>"
            + "<Prefix>inv</Prefix><Encryption><SSE-COS/></Encryption></COSBucketDestination></Destination>";
    private static final String DAILY = "<Schedule><Frequency>Daily</Frequency></Schedule>";
    private static final String CURRENT = "<IncludedObjectVersions>Current</IncludedObjectVersions>";
    private static final String FIELDS = "<OptionalFields><Field>Size</Field><Field>Tag</Field></OptionalFields>";
    private static final String HEAD = "<Id>d</Id><IsEnabled>true</IsEnabled>";

    private static Element document(String content) {
        return Element.parse(
                ("<InventoryConfiguration>" + content + "</InventoryConfiguration>").getBytes(StandardCharsets.UTF_8));
    }

    private static InventoryConfiguration read(String content) {
        return InventoryConfiguration.read("d", document(content));
    }

    private static String written(InventoryConfiguration configuration) {
        XmlWriter xml = new XmlWriter();
        configuration.write(xml, InventoryWords.COS);
        String document = xml.toString();
        return document.substring(document.indexOf("<Id>"), document.indexOf("</InventoryConfiguration>"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Filter><Prefix>a/</Prefix></Filter>",
                "<Filter><And><Prefix> a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>"
                        + "<StorageClass>Standard_IA</StorageClass></And></Filter>",
                "<Filter><Prefix>a/</Prefix><Period><StartTime>5</StartTime><EndTime>9</EndTime></Period></Filter>",
            })
    void filtersAreWrittenAsTheyWereRead(String filter) {
        String content = HEAD + DESTINATION + DAILY + filter + CURRENT + FIELDS;
        assertThat(written(read(content))).isEqualTo(content);
        assertThat(InventoryConfiguration.readStored(document(content))).isEqualTo(read(content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Encryption><SSE-COS/></Encryption>|<SSE-COS></SSE-COS>",
                "<Encryption><SSE-COS/></Encryption>|<Encryption><SSECOS/></Encryption>",
                "<IsEnabled>true</IsEnabled>|<IsEnabled>True</IsEnabled>",
                "<IncludedObjectVersions>Current</IncludedObjectVersions>|"
                        + "<IncludedObjectVersions>current</IncludedObjectVersions>",
            })
    void whatClientsWriteOtherwiseIsUnderstood(String usual, String other) {
        String content = HEAD + DESTINATION + DAILY + CURRENT;
        assertThat(content).contains(usual);
        assertThat(read(content.replace(usual, other))).isEqualTo(read(content));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<Id>d</Id>|<Id>other</Id>|InvalidArgument",
                "<Id>d</Id>||MalformedXML",
                "<IsEnabled>true</IsEnabled>||MalformedXML",
                "<IsEnabled>true</IsEnabled>|<IsEnabled>yes</IsEnabled>|InvalidArgument",
                "<Format>CSV</Format>|<Format>ORC</Format>|NotImplemented",
                "<Format>CSV</Format>|<Format>Parquet</Format>|NotImplemented",
                "<Format>CSV</Format>|<Format>XLS</Format>|InvalidArgument",
                "qcs::cos:ap-guangzhou::reports-1250000000|reports-1250000000|InvalidArgument",
                "<SSE-COS/>|<SSE-KMS/>|NotImplemented",
                "Daily|Hourly|InvalidArgument",
                "<Frequency>Daily</Frequency>|<Frequency>Monthly</Frequency><MonthlyDate>29</MonthlyDate>|InvalidArgument",
                "<Frequency>Daily</Frequency>|<Frequency>Weekly</Frequency><MonthlyDate>2</MonthlyDate>|InvalidArgument",
                "<Schedule>|<Filter><And><Tag><Key>k</Key></Tag></And></Filter><Schedule>|InvalidArgument",
                "<Schedule>|<Filter><Size>1</Size></Filter><Schedule>|MalformedXML",
                "<Schedule>|<Filter><Period><StartTime>9</StartTime><EndTime>5</EndTime></Period></Filter><Schedule>"
                        + "|InvalidArgument",
                "<Schedule>|<OptionalFields><Field>Colour</Field></OptionalFields><Schedule>|InvalidArgument",
                "<Schedule>|<OptionalFields><Field>ObjectOwner</Field></OptionalFields><Schedule>|NotImplemented",
                "Current|Latest|InvalidArgument",
            })
    void refusesWhatIsNone(String good, String bad, String code) {
        String content = HEAD + DESTINATION + DAILY + CURRENT;
        assertThat(content).contains(good);
        assertThatThrownBy(() -> read(content.replace(good, bad == null ? "" : bad)))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    @Test
    void oneThatIsMadeOnceHasNoScheduleAndIsNotSwitchedOff() {
        String once = "<Id>d</Id>" + DESTINATION + CURRENT;
        InventoryConfiguration read = InventoryConfiguration.readOneTime("d", document(once));
        assertThat(written(read)).isEqualTo(once);
        assertThat(read.due(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
        for (String no : List.of(DAILY, "<IsEnabled>true</IsEnabled>")) {
            assertThatThrownBy(() -> InventoryConfiguration.readOneTime("d", document(once + no)))
                    .isInstanceOf(CosException.class);
        }
    }

    @Test
    void columnsHaveTheirOwnOrder() {
        String fields =
                "<OptionalFields><Field>x-cos-meta-Colour</Field><Field>Crc64</Field><Field>StorageClass</Field>"
                        + "<Field>etag</Field><Field>x-cos-meta-*</Field><Field>Size</Field></OptionalFields>";
        assertThat(read(HEAD + DESTINATION + DAILY + CURRENT.replace("Current", "All") + fields)
                        .columns())
                .containsExactly(
                        "Appid",
                        "Bucket",
                        "Key",
                        "VersionId",
                        "IsLatest",
                        "IsDeleteMarker",
                        "Size",
                        "ETag",
                        "StorageClass",
                        "Crc64",
                        "x-cos-meta-colour",
                        "x-cos-meta-*");
    }

    /** The first of March of 2026 is a Sunday. */
    @ParameterizedTest
    @CsvSource({
        "<Frequency>Daily</Frequency>, 2026-03-01T15:59:59Z, 2026-02-28T16:00:00Z",
        "<Frequency>Daily</Frequency>, 2026-03-01T16:00:00Z, 2026-03-01T16:00:00Z",
        "<Frequency>Weekly</Frequency>, 2026-03-01T15:59:59Z, 2026-02-22T16:00:00Z",
        "<Frequency>Weekly</Frequency>, 2026-03-01T16:00:00Z, 2026-03-01T16:00:00Z",
        "<Frequency>Monthly</Frequency>, 2026-03-01T15:59:59Z, 2026-02-28T16:00:00Z",
        "<Frequency>Monthly</Frequency><MonthlyDate>28</MonthlyDate>, 2026-03-01T16:00:00Z, 2026-02-27T16:00:00Z",
    })
    void reportsAreDueAtAMidnightOfTheEast(String frequency, String now, String due) {
        InventoryConfiguration read = read(HEAD + DESTINATION + "<Schedule>" + frequency + "</Schedule>" + CURRENT);
        Instant expected = Instant.parse(due);
        assertThat(read.due(expected.minusSeconds(1), Instant.parse(now))).contains(expected);
        assertThat(read.due(expected, Instant.parse(now))).isEmpty();
    }

    @Test
    void whatIsSwitchedOffIsNeverDue() {
        InventoryConfiguration read = read(HEAD.replace("true", "false") + DESTINATION + DAILY + CURRENT);
        assertThat(read.due(Instant.EPOCH, Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void filtersLookAtAllTheySay() {
        InventoryFilter filter = read(HEAD + DESTINATION + DAILY
                        + "<Filter><And><Prefix>a</Prefix><Tag><Key>k</Key><Value>v</Value></Tag>"
                        + "<StorageClass>Standard_IA</StorageClass></And>"
                        + "<Period><StartTime>10</StartTime><EndTime>20</EndTime></Period></Filter>"
                        + CURRENT + FIELDS)
                .filter();
        Map<String, String> tags = Map.of("k", "v", "other", "w");
        assertThat(filter.matches("a1", tags, "STANDARD_IA", Instant.ofEpochSecond(10)))
                .isTrue();
        assertThat(filter.matches("b1", tags, "STANDARD_IA", Instant.ofEpochSecond(10)))
                .isFalse();
        assertThat(filter.matches("a1", Map.of(), "STANDARD_IA", Instant.ofEpochSecond(10)))
                .isFalse();
        assertThat(filter.matches("a1", tags, "STANDARD", Instant.ofEpochSecond(10)))
                .isFalse();
        assertThat(filter.matches("a1", tags, "STANDARD_IA", Instant.ofEpochSecond(9)))
                .isFalse();
        assertThat(filter.matches("a1", tags, "STANDARD_IA", Instant.ofEpochSecond(21)))
                .isFalse();
    }
}
