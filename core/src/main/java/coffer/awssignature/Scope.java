package coffer.awssignature;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.List;

/**
 * What a signature of version 4 holds for: a day, a region, a service. Source: AWS docs, "Signature Version 4".
 *
 * @param date eight digits
 * @param region as the client believes it
 * @param service {@code s3}, or {@code sts}
 */
public record Scope(String date, String region, String service) {
    private static final String END = "aws4_request";

    /** A credential as requests write it. */
    record Credential(String accessKeyId, Scope scope) {}

    /**
     * Reads {@code <access key id>/<date>/<region>/<service>/aws4_request}.
     *
     * @throws CosException the given error if it has another form
     */
    static Credential parse(String credential, CosError malformed) {
        List<String> parts = List.of(credential.split("/", -1));
        int count = parts.size();
        if (count < 5
                || !parts.getLast().equals(END)
                || parts.get(count - 4).length() != 8
                || parts.getFirst().isEmpty()) {
            throw malformed.because("The Credential must be <access key id>/YYYYMMDD/<region>/s3/" + END + ".");
        }
        Scope scope = new Scope(parts.get(count - 4), parts.get(count - 3), parts.get(count - 2));
        return new Credential(String.join("/", parts.subList(0, count - 4)), scope);
    }

    /** As it stands in a string to sign. */
    String text() {
        return date + "/" + region + "/" + service + "/" + END;
    }

    /** The key that signs within it. */
    byte[] signingKey(String secretKey) {
        byte[] ofDate = AwsHmac.sha256(("AWS4" + secretKey).getBytes(java.nio.charset.StandardCharsets.UTF_8), date);
        return AwsHmac.sha256(AwsHmac.sha256(AwsHmac.sha256(ofDate, region), service), END);
    }
}
