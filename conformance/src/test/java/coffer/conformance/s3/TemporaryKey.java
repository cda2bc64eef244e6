package coffer.conformance.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key of the token service of COS. Source: Cloud API docs, "GetFederationToken", "Signature" (version 1).
 *
 * @param id of the key
 * @param secret the key
 * @param token what goes with each request
 */
record TemporaryKey(String id, String secret, String token) {
    /** Asks for one that may do what a policy allows. */
    static TemporaryKey of(CofferProcess server, String policy) {
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "Action",
                "GetFederationToken",
                "Version",
                "2018-08-13",
                "Nonce",
                "1",
                "Timestamp",
                Long.toString(Instant.now().getEpochSecond()),
                "SecretId",
                Account.SECRET_ID,
                "Region",
                Account.REGION,
                "Name",
                "it",
                "Policy",
                policy));
        String list = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        parameters.put("Signature", hmac("POSTsts.tencentcloudapi.com/?" + list));
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + server.authority() + "/-/sts"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            JsonNode made = new ObjectMapper().readTree(answer).path("Response").path("Credentials");
            if (made.isMissingNode()) {
                throw new AssertionError(answer);
            }
            return new TemporaryKey(
                    made.path("TmpSecretId").asText(),
                    made.path("TmpSecretKey").asText(),
                    made.path("Token").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Account.SECRET_KEY.getBytes(UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
