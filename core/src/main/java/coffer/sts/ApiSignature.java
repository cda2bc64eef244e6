package coffer.sts;

import java.util.Optional;

/** The signature of a call, before it is checked. */
sealed interface ApiSignature permits Tc3Signature, FormSignature, AwsSignature {
    String secretId();

    /** Of a temporary key. */
    Optional<String> token();

    /** When it was made, by the client's clock, in Unix seconds. */
    long timestamp();

    /** Whether it was made with this secret. */
    boolean isMadeWith(String secretKey);
}
