package coffer.cli;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.signature.RequestSigner;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code coffer sign}: shows how a COS signature is made, and how the request is sent with it. */
@Command(
        name = "sign",
        description =
                "Signs a request as COS wants it and shows each step, to compare with what a client does. Nothing is"
                        + " sent.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The key is taken from --secret-id and --secret-key or from COFFER_SECRET_ID and COFFER_SECRET_KEY. The host, all"
                    + " parameters of the URL and all headers that are given are signed."
        })
final class SignCommand implements Runnable {
    private static final int SHOWN = 4;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "METHOD", description = "Such as GET.")
    private String method = "";

    @Parameters(
            index = "1",
            paramLabel = "URL",
            description =
                    "Such as http://b-1250000000.cos.ap-guangzhou.myqcloud.com/a%%20b?versionId=1, encoded as it is"
                            + " sent.")
    private String url = "";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "NAME:VALUE",
            description = "A header to be signed too, repeatable.")
    private List<String> headers = new ArrayList<>();

    @Option(
            names = "--valid",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long it holds (default 10m).")
    private String valid = "10m";

    @Option(
            names = "--from",
            paramLabel = "SECONDS",
            description = "From when it holds, in seconds since 1970 (default a minute ago).")
    private @Nullable Long from;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            description = "Where the server is, if the host of the URL does not lead there: for the curl command.")
    private @Nullable String proxy;

    @Option(names = "--presigned", description = "Put the signature into the URL instead of a header.")
    private boolean presigned;

    @Option(
            names = "--secret-id",
            paramLabel = "ID",
            defaultValue = "${env:COFFER_SECRET_ID:-" + Option.NULL_VALUE + "}",
            description = "The key (COFFER_SECRET_ID).")
    private @Nullable String secretId;

    @Option(
            names = "--secret-key",
            paramLabel = "KEY",
            defaultValue = "${env:COFFER_SECRET_KEY:-" + Option.NULL_VALUE + "}",
            description = "Its secret (COFFER_SECRET_KEY).")
    private @Nullable String secretKey;

    @Override
    public void run() {
        if (secretId == null || secretKey == null) {
            throw Failure.usage("Give --secret-id and --secret-key, or set COFFER_SECRET_ID and COFFER_SECRET_KEY.");
        }
        URI address = address();
        String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        List<Headers.Header> parameters =
                Query.parse(Objects.requireNonNullElse(address.getRawQuery(), "")).all().stream()
                        .map(parameter -> new Headers.Header(parameter.name(), parameter.value()))
                        .toList();
        List<Headers.Header> signed = new ArrayList<>();
        signed.add(new Headers.Header("host", address.getRawAuthority()));
        headers.stream().map(SignCommand::header).forEach(signed::add);
        long start = from == null ? Instant.now().getEpochSecond() - 60 : from;
        RequestSigner.Steps steps = new RequestSigner(secretId, secretKey)
                .sign(
                        new RequestSigner.Request(method, PercentCode.decodePath(path), parameters, signed),
                        start,
                        start + Quantity.span("--valid", valid).toSeconds());
        print(steps);
        printRequest(steps);
    }

    private URI address() {
        try {
            URI address = new URI(url);
            if (address.getRawAuthority() != null && address.getScheme() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // the same sentence as without a host
        }
        throw Failure.usage(
                "The URL must be http://HOST/PATH with %XX for what does not belong into a URL, not '" + url + "'.");
    }

    private static Headers.Header header(String text) {
        int colon = text.indexOf(':');
        if (colon <= 0) {
            throw Failure.usage("A header is NAME:VALUE, not '" + text + "'.");
        }
        return new Headers.Header(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }

    private void print(RequestSigner.Steps steps) {
        PrintWriter out = out();
        out.println("1. KeyTime: from when to when the signature holds, in seconds since 1970");
        block(steps.keyTime());
        out.println("2. SignKey: HMAC-SHA1 of the KeyTime with the SecretKey, in hex");
        block(steps.signKey().substring(0, SHOWN) + "*".repeat(steps.signKey().length() - SHOWN));
        out.println("3. UrlParamList and HeaderList: the signed names, encoded, in lower case, sorted");
        block(steps.parameterList());
        block(steps.headerList());
        out.println("4. HttpString: method, path as it reads, parameters, headers; a line break behind each");
        block(steps.httpString());
        out.println("5. StringToSign: sha1, KeyTime, SHA-1 of the HttpString; a line break behind each");
        block(steps.stringToSign());
        out.println("6. Signature: HMAC-SHA1 of the StringToSign with the SignKey as it reads, in hex");
        block(steps.signature());
    }

    private void printRequest(RequestSigner.Steps steps) {
        PrintWriter out = out();
        StringBuilder curl = new StringBuilder("curl");
        if (proxy != null) {
            curl.append(" --proxy ").append(quoted("http://" + proxy));
        }
        curl.append(
                switch (method.toUpperCase(Locale.ROOT)) {
                    case "GET" -> "";
                    case "HEAD" -> " --head";
                    default -> " -X " + method.toUpperCase(Locale.ROOT);
                });
        headers.forEach(header -> curl.append(" -H ").append(quoted(header)));
        if (presigned) {
            out.println("7. The URL");
            block(url + (url.indexOf('?') < 0 ? "?" : "&") + encoded(steps.authorization()));
            curl.append(' ').append(quoted(url + (url.indexOf('?') < 0 ? "?" : "&") + encoded(steps.authorization())));
        } else {
            out.println("7. The header");
            block("Authorization: " + steps.authorization());
            curl.append(" -H ")
                    .append(quoted("Authorization: " + steps.authorization()))
                    .append(' ')
                    .append(quoted(url));
        }
        out.println("8. With curl");
        block(curl.toString());
        out.flush();
    }

    /** The fields of an Authorization header as parameters. */
    private static String encoded(String authorization) {
        StringBuilder encoded = new StringBuilder();
        for (String pair : authorization.split("&", -1)) {
            int equals = pair.indexOf('=');
            encoded.append(encoded.isEmpty() ? "" : "&")
                    .append(pair, 0, equals + 1)
                    .append(PercentCode.encode(pair.substring(equals + 1)));
        }
        return encoded.toString();
    }

    /** For a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    private void block(String text) {
        for (String line : text.split("\n", -1)) {
            out().println("     " + line);
        }
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
