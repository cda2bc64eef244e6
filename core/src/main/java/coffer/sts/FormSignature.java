package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code HmacSHA1} or {@code HmacSHA256} over all parameters, which it stands among. Source: Cloud API 3.0 docs,
 * "Signature v1"; what the STS SDKs of COS sign, read in their sources.
 */
record FormSignature(
        String secretId,
        Optional<String> token,
        long timestamp,
        String algorithm,
        String signature,
        String method,
        Target target,
        Parameters parameters)
        implements ApiSignature {
    private static final String SIGNATURE = "Signature";
    private static final Set<String> ALGORITHMS = Set.of("HmacSHA1", "HmacSHA256");

    /** What SDKs sign for any host that they are given which is not one of the cloud. */
    private static final String REAL_HOST = "sts.tencentcloudapi.com";

    /**
     * Finds the signature among the parameters.
     *
     * @throws StsException {@code MissingParameter}, {@code InvalidParameter}, {@code InvalidParameterValue}
     */
    static FormSignature parse(Parameters parameters, String method, Target target) {
        String secretId = parameters.require("SecretId");
        String signature = parameters.require(SIGNATURE);
        long timestamp = parameters.number("Timestamp").orElseThrow(() -> StsError.missing("Timestamp"));
        String _ = parameters.require("Nonce");
        String algorithm = parameters.find("SignatureMethod").orElse("HmacSHA1");
        if (!ALGORITHMS.contains(algorithm)) {
            throw StsError.INVALID_PARAMETER_VALUE.because("SignatureMethod must be HmacSHA1 or HmacSHA256.");
        }
        return new FormSignature(
                secretId, parameters.find("Token"), timestamp, algorithm, signature, method, target, parameters);
    }

    @Override
    public boolean isMadeWith(String secretKey) {
        String list = parameters.all().entrySet().stream()
                .filter(parameter -> !parameter.getKey().equals(SIGNATURE))
                .map(FormSignature::pair)
                .collect(Collectors.joining("&"));
        Set<String> hosts = new LinkedHashSet<>(target.hosts());
        hosts.add(REAL_HOST);
        for (String host : hosts) {
            for (String path : target.paths()) {
                byte[] mac = CloudHmac.of(algorithm, secretKey.getBytes(UTF_8), method + host + path + "?" + list);
                if (CloudHmac.equal(Base64.getEncoder().encodeToString(mac), signature)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The values as they are, not encoded. */
    private static String pair(Map.Entry<String, String> parameter) {
        return parameter.getKey() + "=" + parameter.getValue();
    }

    @Override
    public String toString() {
        return algorithm + " of " + secretId;
    }
}
