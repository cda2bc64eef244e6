package coffer.signature;

import coffer.api.Headers;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Signs requests as clients of COS do, and keeps each step. Source: COS docs, "Request Signature". */
public final class RequestSigner {
    private final String secretId;
    private final String secretKey;

    public RequestSigner(String secretId, String secretKey) {
        this.secretId = secretId;
        this.secretKey = secretKey;
    }

    /**
     * What is to be signed.
     *
     * @param method in any case
     * @param path decoded, with its first slash
     * @param parameters those that are signed, decoded
     * @param headers those that are signed
     */
    public record Request(String method, String path, List<Headers.Header> parameters, List<Headers.Header> headers) {
        public Request {
            parameters = List.copyOf(parameters);
            headers = List.copyOf(headers);
        }
    }

    /**
     * The steps of a signature.
     *
     * @param keyTime from when to when it holds
     * @param signKey secret: who has it can sign for as long as {@code keyTime} says
     * @param headerList names of the signed headers
     * @param parameterList names of the signed parameters
     * @param httpString what of the request is signed
     * @param stringToSign what the signature is made of
     * @param signature 40 hex digits
     * @param authorization the value of the Authorization header
     */
    public record Steps(
            String keyTime,
            String signKey,
            String headerList,
            String parameterList,
            String httpString,
            String stringToSign,
            String signature,
            String authorization) {
        @Override
        public String toString() {
            return "Steps[" + keyTime + ", ***]";
        }
    }

    /**
     * Signs a request.
     *
     * @param fromSeconds since 1970
     * @param toSeconds since 1970
     */
    public Steps sign(Request request, long fromSeconds, long toSeconds) {
        String keyTime = fromSeconds + ";" + toSeconds;
        String signKey = Hmac.sha1(secretKey, keyTime);
        String headerList = list(request.headers);
        String parameterList = list(request.parameters);
        String httpString = request.method.toLowerCase(Locale.ROOT) + "\n" + request.path + "\n"
                + PairText.of(request.parameters) + "\n" + PairText.of(request.headers) + "\n";
        String stringToSign = CosAuthenticator.stringToSign(new TimeSpan(keyTime, fromSeconds, toSeconds), httpString);
        String signature = Hmac.sha1(signKey, stringToSign);
        String authorization = "q-sign-algorithm=sha1&q-ak=" + secretId + "&q-sign-time=" + keyTime + "&q-key-time="
                + keyTime + "&q-header-list=" + headerList + "&q-url-param-list=" + parameterList + "&q-signature="
                + signature;
        return new Steps(
                keyTime, signKey, headerList, parameterList, httpString, stringToSign, signature, authorization);
    }

    private static String list(Collection<Headers.Header> pairs) {
        return pairs.stream()
                .map(pair -> PairText.name(pair.name()))
                .sorted()
                .distinct()
                .collect(Collectors.joining(";"));
    }
}
