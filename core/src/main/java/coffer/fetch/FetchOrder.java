package coffer.fetch;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is to be fetched, and where it goes. Source: COS API reference, "POST Async fetch".
 *
 * @param url where it is; may hold credentials in its query, and is never logged
 * @param key where it goes
 * @param md5 of the content, 16 bytes in base64, as {@code Content-MD5} has it
 * @param keepsExisting whether an object that is there already stays
 * @param successCallback who is told that it is there
 * @param failureCallback who is told that it cannot be had
 */
record FetchOrder(
        String url,
        String key,
        Optional<String> md5,
        boolean keepsExisting,
        Optional<String> successCallback,
        Optional<String> failureCallback) {
    private static final int MAX_URL_LENGTH = 4096;
    private static final int MD5_BYTES = 16;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads what a client sends.
     *
     * @throws CosException {@code InvalidArgument}, {@code KeyTooLong}, {@code InvalidObjectName}
     */
    static FetchOrder read(byte[] document) {
        JsonNode root = tree(document);
        String key = text(root, "Key").orElseThrow(() -> missing("Key"));
        ObjectKey.check(key);
        boolean ignoresSameKey = flag(root, "IgnoreSameKey");
        return new FetchOrder(
                text(root, "Url").map(url -> checked("Url", url)).orElseThrow(() -> missing("Url")),
                key,
                text(root, "MD5").map(FetchOrder::base64),
                text(root, "OnKeyExist").map(FetchOrder::isIgnore).orElse(ignoresSameKey),
                text(root, "SuccessCallbackUrl").map(url -> checked("SuccessCallbackUrl", url)),
                text(root, "FailureCallbackUrl").map(url -> checked("FailureCallbackUrl", url)));
    }

    private static JsonNode tree(byte[] document) {
        try {
            JsonNode root = JSON.readTree(document);
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            // the same error as for a document that is no object
        }
        throw CosError.INVALID_ARGUMENT.because("The body must be a JSON object with Url and Key.");
    }

    private static CosException missing(String name) {
        return CosError.INVALID_ARGUMENT.because("The body must have a text " + name + ".");
    }

    /** Names are found in any case; an empty text is none. */
    private static Optional<String> text(JsonNode root, String name) {
        return find(root, name)
                .map(node -> {
                    if (!node.isString()) {
                        throw missing(name);
                    }
                    return node.stringValue();
                })
                .filter(text -> !text.isEmpty());
    }

    private static boolean flag(JsonNode root, String name) {
        return find(root, name)
                .map(node -> switch (node.asString("").toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false", "" -> false;
                    default -> throw CosError.INVALID_ARGUMENT.because(name + " must be true or false.");
                })
                .orElse(false);
    }

    private static Optional<JsonNode> find(JsonNode root, String name) {
        return root.properties().stream()
                .filter(property -> property.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .filter(node -> !node.isNull())
                .findFirst();
    }

    private static boolean isIgnore(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "ignore" -> true;
            case "override" -> false;
            default -> throw CosError.INVALID_ARGUMENT.because("OnKeyExist must be ignore or override.");
        };
    }

    /** In hex or base64. */
    private static String base64(String text) {
        try {
            byte[] md5 = text.length() == 2 * MD5_BYTES
                    ? HexFormat.of().parseHex(text)
                    : Base64.getDecoder().decode(text);
            if (md5.length == MD5_BYTES) {
                return Base64.getEncoder().encodeToString(md5);
            }
        } catch (IllegalArgumentException e) {
            // the same error as for another length
        }
        throw CosError.INVALID_ARGUMENT.because("MD5 must be 32 hex digits, or 16 bytes in base64.");
    }

    /** A URL as it is sent; without a scheme it is of http, as in the samples of the reference. */
    private static String checked(String name, String text) {
        String url = text.contains("://") ? text : "http://" + text;
        if (url.length() > MAX_URL_LENGTH) {
            throw CosError.INVALID_ARGUMENT.because(name + " can have " + MAX_URL_LENGTH + " characters at most.");
        }
        try {
            URI uri = new URI(url);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getRawUserInfo() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // the same error as for one that leads nowhere
        }
        throw CosError.INVALID_ARGUMENT.because(
                name + " must be an encoded URL, http://HOST/PATH or https://HOST/PATH, without a password.");
    }

    void write(RecordWriter out) {
        out.text(url)
                .text(key)
                .optionalText(md5)
                .number(keepsExisting ? 1 : 0)
                .optionalText(successCallback)
                .optionalText(failureCallback);
    }

    static FetchOrder read(RecordReader in) {
        return new FetchOrder(
                in.text(), in.text(), in.optionalText(), in.number() == 1, in.optionalText(), in.optionalText());
    }

    /** Without URLs, which may hold credentials. */
    @Override
    public String toString() {
        return "FetchOrder[" + key + "]";
    }
}
