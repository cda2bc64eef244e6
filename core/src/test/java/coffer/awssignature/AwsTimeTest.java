package coffer.awssignature;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AwsTimeTest {
    @Test
    void readsBothWaysOfWritingADate() {
        Instant time = Instant.parse("2013-05-24T01:02:03Z");
        assertThat(AwsTime.ofHeader("20130524T010203Z")).contains(time);
        assertThat(AwsTime.ofHeader("Fri, 24 May 2013 01:02:03 GMT")).contains(time);
        assertThat(AwsTime.ofHeader("Thu, 01 Jan 1970 00:00:00 GMT")).contains(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2013-05-24", "19691231T235959Z", "Tue, 07 Jul 1950 21:53:04 GMT"})
    void takesNothingElseForADate(String text) {
        assertThat(AwsTime.ofHeader(text)).isEmpty();
    }
}
