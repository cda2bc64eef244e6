package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.identity.AccessKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.json.JsonMapper;

/** Signed calls, written as the SDKs write them and not as the server reads them. */
record Calls(String secretId, String secretKey, Optional<String> token, Instant now) {
    private static final String HOST = "sts.tencentcloudapi.com";

    static Calls of(AccessKey key, Instant now) {
        return new Calls(key.secretId(), key.secretKey(), Optional.empty(), now);
    }

    /** POST of JSON with TC3-HMAC-SHA256. */
    HttpRequest json(String action, Map<String, ?> parameters) {
        String body = JsonMapper.shared().writeValueAsString(parameters);
        String timestamp = Long.toString(now.getEpochSecond());
        String date = now.toString().substring(0, 10);
        String canonical =
                "POST\n/\n\ncontent-type:application/json\nhost:" + HOST + "\n\ncontent-type;host\n" + sha256(body);
        String text = "TC3-HMAC-SHA256\n" + timestamp + "\n" + date + "/sts/tc3_request\n" + sha256(canonical);
        byte[] key = mac("HmacSHA256", ("TC3" + secretKey).getBytes(UTF_8), date);
        byte[] signingKey = mac("HmacSHA256", mac("HmacSHA256", key, "sts"), "tc3_request");
        String signature = HexFormat.of().formatHex(mac("HmacSHA256", signingKey, text));
        return StsStage.request(
                "POST",
                "/",
                body,
                "Host",
                HOST,
                "Content-Type",
                "application/json",
                "X-TC-Action",
                action,
                "X-TC-Version",
                "2018-08-13",
                "X-TC-Timestamp",
                timestamp,
                "X-TC-Region",
                "ap-guangzhou",
                "X-TC-Token",
                token.orElse(""),
                "Authorization",
                "TC3-HMAC-SHA256 Credential=" + secretId + "/" + date + "/sts/tc3_request, "
                        + "SignedHeaders=content-type;host, Signature=" + signature);
    }

    /** POST of a form with HmacSHA1. */
    HttpRequest form(String action, Map<String, ?> parameters) {
        Map<String, String> all = new TreeMap<>();
        parameters.forEach((name, value) -> all.put(name, value.toString()));
        all.put("Action", action);
        all.put("Version", "2018-08-13");
        all.put("Nonce", "11886");
        all.put("Timestamp", Long.toString(now.getEpochSecond()));
        all.put("SecretId", secretId);
        token.ifPresent(text -> all.put("Token", text));
        String list = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
        byte[] mac = mac("HmacSHA1", secretKey.getBytes(UTF_8), "POST" + HOST + "/?" + list);
        all.put("Signature", Base64.getEncoder().encodeToString(mac));
        String body = all.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + PercentCode.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return StsStage.request("POST", "/", body, "Host", HOST, "Content-Type", "application/x-www-form-urlencoded");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] mac(String algorithm, byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
