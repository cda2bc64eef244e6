package coffer.signature;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What clients are known to sign instead of what they send: of each part, what is right first. */
final class SignatureGuesses {
    private static final String CHARSET = "; charset=";
    private static final Set<String> OPEN =
            Set.of("content-type", "content-length", "connection", "accept-encoding", "accept", "expect");

    private final Credential credential;
    private final HttpRequest request;
    private final Address address;
    private final Query query;

    SignatureGuesses(Credential credential, HttpRequest request, Address address, Query query) {
        this.credential = credential;
        this.request = request;
        this.address = address;
        this.query = query;
    }

    /**
     * A part of the signed text as a client may have had it.
     *
     * @param mistake a sentence; empty for what is right
     */
    record Guess(String mistake, String value) {}

    static List<Guess> methods(String method) {
        List<Guess> guesses = new ArrayList<>(List.of(new Guess("", method)));
        guesses.add(new Guess("The client signed the method in upper case.", method.toUpperCase(Locale.ROOT)));
        for (String other : List.of("get", "put", "post", "head", "delete")) {
            guesses.add(new Guess("The client signed the method " + other + ", but sent " + method + ".", other));
        }
        return guesses;
    }

    List<Guess> paths() {
        String path = address.path();
        String encoded = PercentCode.encodeKey(path);
        int slash = path.indexOf('/', 1);
        Guesses guesses = new Guesses(path);
        guesses.add("The client signed the path percent-encoded; it is signed as it reads.", encoded);
        guesses.add("The client signed the path as it stands in the URL; it is signed decoded.", raw());
        guesses.add(
                "The client signed the path percent-encoded twice; it is signed as it reads.",
                PercentCode.encodeKey(encoded));
        guesses.add(
                "The client signed the path with its slashes percent-encoded; it is signed as it reads.",
                PercentCode.encode(path));
        guesses.add("The client signed a plus for each blank of the path.", path.replace(' ', '+'));
        guesses.add(
                "The client sent + in the path for what it signed as a blank; a blank is %20 there.",
                path.replace('+', ' '));
        guesses.add("The client sent the path percent-encoded twice.", decoded(path));
        guesses.add("The client signed the path without its first slash.", path.substring(1));
        guesses.add("The client signed the path with a slash more.", "/" + path);
        guesses.add("The client signed the path in lower case.", path.toLowerCase(Locale.ROOT));
        guesses.add("The client signed the path / instead of that of the object.", "/");
        guesses.add(
                "The client signed the path without the bucket, but sent it with the bucket.",
                slash < 0 ? "/" : path.substring(slash));
        address.bucket()
                .ifPresent(bucket -> guesses.add(
                        "The client signed the path with the bucket in front, but sent it without.",
                        "/" + bucket + path));
        return guesses.all();
    }

    /** The path as it was sent. */
    private String raw() {
        String target = request.target();
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        int scheme = path.indexOf("://");
        int slash = scheme < 0 ? 0 : Math.max(0, path.indexOf('/', scheme + 3));
        return path.substring(slash);
    }

    private static String decoded(String path) {
        try {
            return PercentCode.decodePath(path);
        } catch (CosException e) {
            return path;
        }
    }

    List<Guess> parameters() {
        Set<String> listed = PairText.names(credential.parameterList());
        List<Headers.Header> all = query.all().stream()
                .map(parameter -> new Headers.Header(parameter.name(), parameter.value()))
                .filter(parameter -> !Credential.isField(parameter.name()))
                .toList();
        List<Headers.Header> inList = PairText.among(all, listed);
        Guesses guesses = new Guesses(PairText.of(inList));
        for (Headers.Header one : all) {
            if (!inList.contains(one)) {
                List<Headers.Header> more = new ArrayList<>(inList);
                more.add(one);
                guesses.add(
                        "The client signed the parameter " + one.name() + ", but does not name it in q-url-param-list.",
                        PairText.of(more));
            }
        }
        guesses.add(
                "The client signed all parameters, but does not name them all in q-url-param-list.", PairText.of(all));
        guesses.add("The client signed no parameters, but names some in q-url-param-list.", "");
        for (Headers.Header one : inList) {
            guesses.add(
                    "The client names the parameter " + one.name() + " in q-url-param-list, but did not sign it.",
                    PairText.of(PairText.without(inList, one.name())));
        }
        encodings("the values of the parameters", inList, guesses);
        guesses.add(
                "The client signed the names of the parameters with capitals; they are signed in lower case.",
                PairText.withCapitals(inList));
        return guesses.all();
    }

    private static void encodings(String what, Collection<Headers.Header> pairs, Guesses guesses) {
        guesses.add("The client signed " + what + " without percent-encoding them.", PairText.of(pairs, text -> text));
        guesses.add(
                "The client signed " + what + " with + for a blank; it is %20.",
                PairText.of(pairs, text -> PercentCode.encode(text).replace("%20", "+")));
        guesses.add(
                "The client signed " + what + " percent-encoded twice.",
                PairText.of(pairs, text -> PercentCode.encode(PercentCode.encode(text))));
        guesses.add(
                "The client signed " + what + " percent-encoded in lower case; it is %2F, not %2f.",
                PairText.of(pairs, SignatureGuesses::lowerCaseCode));
        guesses.add(
                "The client signed " + what + " with slashes that are not percent-encoded.",
                PairText.of(pairs, PercentCode::encodeKey));
    }

    private static String lowerCaseCode(String text) {
        String encoded = PercentCode.encode(text);
        StringBuilder out = new StringBuilder(encoded);
        for (int i = 0; i + 2 < encoded.length(); i++) {
            if (encoded.charAt(i) == '%') {
                out.setCharAt(i + 1, Character.toLowerCase(encoded.charAt(i + 1)));
                out.setCharAt(i + 2, Character.toLowerCase(encoded.charAt(i + 2)));
            }
        }
        return out.toString();
    }

    List<Guess> headers() {
        Set<String> listed = PairText.names(credential.headerList());
        List<Headers.Header> all = new ArrayList<>(request.headers().all());
        all.removeIf(header -> header.name().equalsIgnoreCase("Host"));
        all.add(new Headers.Header("host", address.host()));
        if (request.headers().first("Content-Length").isEmpty()) {
            all.add(new Headers.Header("content-length", "0"));
        }
        List<Headers.Header> inList = PairText.among(all, listed);
        Guesses guesses = new Guesses(PairText.of(inList));
        if (listed.contains("host")) {
            for (String host : hosts()) {
                guesses.add(
                        "The client signed the host " + host + ", but the request came for " + address.host() + ".",
                        PairText.of(PairText.replaced(inList, "host", host)));
            }
        }
        for (Headers.Header one : inList) {
            String name = one.name().toLowerCase(Locale.ROOT);
            guesses.add(
                    "The client names the header " + name + " in q-header-list, but did not sign it.",
                    PairText.of(PairText.without(inList, name)));
            for (String other : others(name, one.value())) {
                guesses.add(changed(name, one.value(), other), PairText.of(PairText.replaced(inList, name, other)));
            }
        }
        guesses.add("The client signed no headers, but names some in q-header-list.", "");
        for (Headers.Header one : all) {
            if (!inList.contains(one) && !one.name().equalsIgnoreCase("Authorization")) {
                List<Headers.Header> more = new ArrayList<>(inList);
                more.add(one);
                guesses.add(
                        "The client signed the header " + one.name().toLowerCase(Locale.ROOT)
                                + ", but does not name it in q-header-list.",
                        PairText.of(more));
            }
        }
        encodings("the values of the headers", inList, guesses);
        return guesses.all();
    }

    /** What the host may have been called where it was signed. */
    private Set<String> hosts() {
        Set<String> hosts = new LinkedHashSet<>();
        String bare = bare(address.host());
        request.headers().first("Host").ifPresent(hosts::add);
        request.headers().nonEmpty("X-Forwarded-Host").ifPresent(hosts::add);
        for (String port : List.of("", ":80", ":443", ":9000", ":8080")) {
            hosts.add(bare + port);
        }
        String region = address.region().orElse("ap-guangzhou");
        for (String prefix :
                address.bucket().map(bucket -> List.of(bucket + ".", "")).orElse(List.of(""))) {
            for (String domain : List.of("myqcloud.com", "tencentcos.cn")) {
                hosts.add(prefix + "cos." + region + "." + domain);
                hosts.add(prefix + "cos-internal." + region + "." + domain);
                hosts.add(prefix + "cos.accelerate." + domain);
            }
        }
        hosts.add("service.cos.myqcloud.com");
        hosts.addAll(List.of("localhost", "localhost:9000", "127.0.0.1", "127.0.0.1:9000", ""));
        address.bucket().ifPresent(bucket -> hosts.add(bucket + "." + bare));
        hosts.add(bare.substring(bare.indexOf('.') + 1));
        hosts.remove(address.host());
        return hosts;
    }

    private static String bare(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }

    /** Values are named only of headers that never hold a secret. */
    private static String changed(String name, String arrived, String signed) {
        String how = OPEN.contains(name)
                ? "'" + signed + "' of the header " + name + ", but '" + arrived + "' arrived"
                : "another value of the header " + name + " than arrived";
        return "The client signed " + how + ": something between changed it, or the client's library did.";
    }

    /** What a header may have been before a proxy or a library changed it. */
    private static List<String> others(String name, String value) {
        return switch (name) {
            case "content-type" ->
                List.of(
                        value.contains(CHARSET)
                                ? value.substring(0, value.indexOf(CHARSET))
                                : value + "; charset=utf-8",
                        value + "; charset=UTF-8",
                        value + ";charset=utf-8",
                        value.toLowerCase(Locale.ROOT),
                        "application/octet-stream",
                        "application/x-www-form-urlencoded",
                        "");
            case "content-length" -> List.of("0", "");
            case "connection" -> List.of("Keep-Alive", "keep-alive", "close", "Close", "");
            case "accept-encoding" ->
                List.of("gzip", "gzip, deflate", "gzip,deflate", "gzip, deflate, br", "identity", "");
            case "accept" -> List.of("*/*", "");
            case "expect" -> List.of("100-continue", "100-Continue", "");
            default -> List.of(value.replaceAll("  +", " "), value.toLowerCase(Locale.ROOT), "");
        };
    }

    /** Guesses about one part, what is right first, none twice. */
    static final class Guesses {
        private final List<Guess> all = new ArrayList<>();
        private final Set<String> values = new LinkedHashSet<>();

        Guesses(String right) {
            all.add(new Guess("", right));
            values.add(right);
        }

        List<Guess> all() {
            return all;
        }

        void add(String mistake, String value) {
            if (values.add(value)) {
                all.add(new Guess(mistake, value));
            }
        }
    }
}
