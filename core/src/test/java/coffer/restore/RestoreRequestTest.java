package coffer.restore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreRequestTest {
    private static RestoreRequest read(String content) {
        return RestoreRequest.read(Element.parse(("<RestoreRequest>" + content + "</RestoreRequest>").getBytes(UTF_8)));
    }

    /** COS and S3 name one element differently; S3 clients may leave it out, those of COS do so, too. */
    @ParameterizedTest
    @CsvSource({
        "<Days>1</Days>, 1, STANDARD",
        "<Days> 365 </Days><CASJobParameters><Tier>Bulk</Tier></CASJobParameters>, 365, BULK",
        "<CASJobParameters><Tier>Expedited</Tier></CASJobParameters><Days>7</Days>, 7, EXPEDITED",
        "<Days>2</Days><GlacierJobParameters><Tier>Standard</Tier></GlacierJobParameters>, 2, STANDARD",
        "<Days>2</Days><Tier>Bulk</Tier><Description>why</Description>, 2, BULK",
    })
    void readsBothDialects(String content, int days, RestoreTier tier) {
        assertThat(read(content)).isEqualTo(new RestoreRequest(days, tier));
    }

    @ParameterizedTest
    @CsvSource({
        "'', MalformedXML",
        "<Tier>Bulk</Tier>, MalformedXML",
        "<Days>1</Days><CASJobParameters/>, MalformedXML",
        "<Days>0</Days>, InvalidArgument",
        "<Days>-1</Days>, InvalidArgument",
        "<Days>366</Days>, InvalidArgument",
        "<Days>4294967297</Days>, InvalidArgument",
        "<Days>1.5</Days>, InvalidArgument",
        "<Days>one</Days>, InvalidArgument",
        "<Days/>, InvalidArgument",
        "<Days>1</Days><CASJobParameters><Tier>Fast</Tier></CASJobParameters>, InvalidArgument",
        "<Days>1</Days><CASJobParameters><Tier/></CASJobParameters>, InvalidArgument",
        "<Days>1</Days><Type>SELECT</Type>, NotImplemented",
        "<Days>1</Days><OutputLocation><S3/></OutputLocation>, NotImplemented",
    })
    void refusesWhatCannotBeDone(String content, String code) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"<Restore><Days>1</Days></Restore>", "<RestoreRequests/>"})
    void refusesAnotherDocument(String document) {
        assertThatThrownBy(() -> RestoreRequest.read(Element.parse(document.getBytes(UTF_8))))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo("MalformedXML"));
    }
}
