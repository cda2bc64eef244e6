package coffer.signature;

import coffer.address.Address;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.AccessKey;
import coffer.signature.SignatureGuesses.Guess;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Finds out what a client signed instead of what it should have, by trying the mistakes that clients are known to make: one
 * at a time, then a host together with a path or with parameters, and the secret key last. Nothing secret is in what it says.
 *
 * <p>Takes up to {@value #MAX_TRIES} signatures of some microseconds each. Requests with very long headers are not looked at.
 */
final class SignatureDiagnosis {
    private static final int MAX_TRIES = 1500;

    /** Of headers and request line, in characters. */
    private static final int MAX_LENGTH = 8 * 1024;

    private static final int MAX_FINDING = 1000;

    private final Credential credential;
    private final AccessKey key;
    private final SignatureGuesses guesses;
    private final String method;
    private final boolean isTooLong;
    private int tries;

    SignatureDiagnosis(Credential credential, AccessKey key, HttpRequest request, Address address, Query query) {
        this.credential = credential;
        this.key = key;
        this.guesses = new SignatureGuesses(credential, request, address, query);
        this.method = request.method().toLowerCase(Locale.ROOT);
        this.isTooLong = request.target().length()
                        + request.headers().all().stream()
                                .mapToInt(header ->
                                        header.name().length() + header.value().length())
                                .sum()
                > MAX_LENGTH;
    }

    /** The first mistake that explains the signature, in a sentence. */
    String finding() {
        String finding = isTooLong ? "The headers are too long to look for the mistake." : search();
        // Names of parameters may hold anything, and this goes into logs.
        String line = finding.replaceAll("\\p{Cntrl}", "?");
        return line.substring(0, Math.min(line.length(), MAX_FINDING));
    }

    private String search() {
        String signKey = Hmac.sha1(key.secretKey(), credential.keyTime().text());
        List<Guess> methods = SignatureGuesses.methods(method);
        List<Guess> paths = guesses.paths();
        List<Guess> parameters = guesses.parameters();
        List<Guess> headers = guesses.headers();
        return first(signKey, methods, only(paths), only(parameters), only(headers))
                .or(() -> first(signKey, only(methods), paths, only(parameters), only(headers)))
                .or(() -> first(signKey, only(methods), only(paths), parameters, only(headers)))
                .or(() -> first(signKey, only(methods), only(paths), only(parameters), headers))
                .or(() -> first(signKey, only(methods), paths, only(parameters), headers))
                .or(() -> first(signKey, only(methods), only(paths), parameters, headers))
                .or(() -> first(signKey, only(methods), paths, parameters, only(headers)))
                .or(() -> secret(formatString(paths, parameters, headers)))
                .orElseGet(this::unexplained);
    }

    private Optional<String> first(
            String signKey, List<Guess> methods, List<Guess> paths, List<Guess> parameters, List<Guess> headers) {
        for (Guess method : methods) {
            for (Guess path : paths) {
                for (Guess parameter : parameters) {
                    for (Guess header : headers) {
                        String text = method.value() + "\n" + path.value() + "\n" + parameter.value() + "\n"
                                + header.value() + "\n";
                        if (matches(signKey, text)) {
                            return Optional.of(List.of(method, path, parameter, header).stream()
                                    .map(Guess::mistake)
                                    .filter(mistake -> !mistake.isEmpty())
                                    .collect(Collectors.joining(" ")));
                        }
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static List<Guess> only(List<Guess> guesses) {
        return guesses.subList(0, 1);
    }

    private String formatString(List<Guess> paths, List<Guess> parameters, List<Guess> headers) {
        return method + "\n" + paths.getFirst().value() + "\n"
                + parameters.getFirst().value() + "\n" + headers.getFirst().value() + "\n";
    }

    private boolean matches(String signKey, String formatString) {
        if (tries++ >= MAX_TRIES) {
            return false;
        }
        String text = CosAuthenticator.stringToSign(credential.signTime(), formatString);
        return Hmac.equal(Hmac.sha1(signKey, text), credential.signature());
    }

    private Optional<String> secret(String formatString) {
        String secret = key.secretKey();
        String keyTime = credential.keyTime().text();
        String signTime = credential.signTime().text();
        String text = CosAuthenticator.stringToSign(credential.signTime(), formatString);
        SignatureGuesses.Guesses wrong = new SignatureGuesses.Guesses("");
        wrong.add("The client made the SignKey of q-sign-time; it is made of q-key-time.", Hmac.sha1(secret, signTime));
        for (String blank : List.of("\n", "\r\n", " ")) {
            wrong.add(
                    "The secret key that the client has ends in a blank or a line break.",
                    Hmac.sha1(secret + blank, keyTime));
            wrong.add(
                    "The secret key that the client has begins with a blank or a line break.",
                    Hmac.sha1(blank + secret, keyTime));
        }
        wrong.add(
                "The client signed with the id of the key instead of its secret.", Hmac.sha1(key.secretId(), keyTime));
        wrong.add("The client signed with the secret key itself; first a SignKey is made of it.", secret);
        for (Guess guess : wrong.all().subList(1, wrong.all().size())) {
            if (Hmac.equal(Hmac.sha1(guess.value(), text), credential.signature())) {
                return Optional.of(guess.mistake());
            }
        }
        String signKey = Hmac.sha1(secret, keyTime);
        String open = text.substring(0, text.length() - 1);
        return Hmac.equal(Hmac.sha1(signKey, open), credential.signature())
                ? Optional.of("The client signed the StringToSign without its last line break.")
                : Optional.empty();
    }

    private String unexplained() {
        String proxied = PairText.names(credential.headerList()).stream()
                .filter(name -> !name.equals("host"))
                .collect(Collectors.joining(", "));
        return "No mistake that clients are known to make explains the signature: the secret key is probably not the one of "
                + credential.secretId()
                + (proxied.isEmpty()
                        ? "."
                        : ", or something between changed one of the signed headers " + proxied + ".");
    }

    /** Says which of the headers that are listed did not arrive. */
    static String missingHeaders(Credential credential, HttpRequest request) {
        Set<String> missing = PairText.names(credential.headerList());
        missing.removeIf(name -> name.equals("host") || name.equals("content-length"));
        request.headers().all().forEach(header -> missing.remove(PairText.name(header.name())));
        return "Signed headers did not arrive: " + String.join(", ", missing)
                + ". Something between dropped them, or the client signed what it did not send.";
    }
}
