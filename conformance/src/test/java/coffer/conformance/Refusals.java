package coffer.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.qcloud.cos.exception.CosServiceException;
import org.junit.jupiter.api.function.Executable;

/** What the Java SDK makes of an error answer. */
public final class Refusals {
    private Refusals() {}

    /** Runs a call that the server must refuse with this status and code, and hands back what the SDK threw. */
    public static CosServiceException assertRefused(int status, String code, Executable call) {
        CosServiceException refused = assertThrows(CosServiceException.class, call);
        assertThat(refused.getErrorCode() + " " + refused.getStatusCode())
                .as(refused.getErrorMessage())
                .isEqualTo(code + " " + status);
        assertThat(refused.getRequestId()).isNotBlank();
        return refused;
    }

    /** As above for an answer without a body, where the SDK knows nothing but the status. */
    public static void assertStatus(int status, Executable call) {
        CosServiceException refused = assertThrows(CosServiceException.class, call);
        assertThat(refused.getStatusCode()).as(refused.getErrorMessage()).isEqualTo(status);
        assertThat(refused.getRequestId()).isNotBlank();
    }

    /** Checks an answer read from the wire; {@code code} is empty where there is no body. */
    public static void assertAnswered(int status, String code, RawResponse answer) {
        assertThat(answer.status() + " " + answer.errorCode()).as(answer.text()).isEqualTo(status + " " + code);
        assertThat(answer.header("x-cos-request-id")).isPresent();
    }
}
