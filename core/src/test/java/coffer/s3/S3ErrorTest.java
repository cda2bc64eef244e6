package coffer.s3;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import org.junit.jupiter.api.Test;

class S3ErrorTest {
    @Test
    void saysTheSentenceOfS3() {
        assertThat(S3Error.message(CosError.PRECONDITION_FAILED.exception()))
                .isEqualTo("At least one of the pre-conditions you specified did not hold");
    }

    @Test
    void saysBehindItWhatIsKnownBeyond() {
        assertThat(S3Error.message(CosError.INVALID_PART.because("Part 3 is missing or has another ETag.")))
                .startsWith("One or more of the specified parts could not be found.")
                .endsWith(" Part 3 is missing or has another ETag.");
    }

    @Test
    void leavesOtherWordsAsTheyAre() {
        assertThat(S3Error.message(CosError.NO_SUCH_KEY.exception())).isEqualTo("The specified key does not exist.");
        assertThat(S3Error.message(CosError.INVALID_REQUEST.because("Because.")))
                .isEqualTo("Because.");
    }
}
