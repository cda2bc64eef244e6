package coffer.sts;

import coffer.awssignature.StsCallSignature;
import java.util.Optional;

/** The signature of a call by a client of AWS. */
record AwsSignature(StsCallSignature signature) implements ApiSignature {
    @Override
    public String secretId() {
        return signature.accessKeyId();
    }

    @Override
    public Optional<String> token() {
        return signature.token();
    }

    @Override
    public long timestamp() {
        return signature.timestamp();
    }

    @Override
    public boolean isMadeWith(String secretKey) {
        return signature.isMadeWith(secretKey);
    }
}
