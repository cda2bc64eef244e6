package coffer.server;

import coffer.outbound.RemoteStore;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the options of an import say about one of its stores.
 *
 * @param name {@code from} or {@code to}
 */
record ImportSide(
        String name,
        String url,
        String dialect,
        @Nullable String region,
        @Nullable Boolean pathStyle,
        @Nullable String accessKey,
        @Nullable Path secretKeyFile) {
    private static final String USUAL_REGION = "us-east-1";

    /** @throws IllegalArgumentException with a sentence for the user */
    RemoteStore store(Map<String, String> environment) {
        RemoteStore.Dialect spoken = switch (dialect.toLowerCase(Locale.ROOT)) {
            case "s3" -> RemoteStore.Dialect.S3;
            case "cos" -> RemoteStore.Dialect.COS;
            default ->
                throw new IllegalArgumentException("--" + name + "-dialect must be s3 or cos, not '" + dialect + "'.");
        };
        String key = Optional.ofNullable(accessKey)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "Give --" + name + "-access-key, or " + variable("ACCESS_KEY") + "."));
        String usedRegion = Optional.ofNullable(region).orElse(USUAL_REGION);
        boolean inPath = Optional.ofNullable(pathStyle).orElse(spoken == RemoteStore.Dialect.S3);
        return new RemoteStore(usedRegion, endpoint(), spoken, inPath, usedRegion, key, secret(environment));
    }

    private URI endpoint() {
        try {
            URI uri = new URI(url);
            boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean isBare = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (isHttp
                    && uri.getHost() != null
                    && isBare
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null) {
                return new URI(uri.getScheme() + "://" + uri.getRawAuthority());
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw new IllegalArgumentException(
                "--" + name + " must be http://HOST[:PORT] or https://HOST[:PORT]; the bucket is" + " named by --"
                        + name + "-bucket, the keys by options of their own.");
    }

    private String secret(Map<String, String> environment) {
        String variable = variable("SECRET_KEY");
        if (secretKeyFile != null) {
            try {
                String text = Files.readString(secretKeyFile).strip();
                if (!text.isEmpty()) {
                    return text;
                }
            } catch (IOException e) {
                throw new IllegalArgumentException(
                        "The file of --" + name + "-secret-key-file cannot be read: " + e, e);
            }
        }
        return Optional.ofNullable(environment.get(variable))
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("Give the secret key of --" + name + " in a file by --"
                        + name + "-secret-key-file, or in " + variable + "."));
    }

    private String variable(String what) {
        return "COFFER_IMPORT_" + name.toUpperCase(Locale.ROOT) + "_" + what;
    }
}
