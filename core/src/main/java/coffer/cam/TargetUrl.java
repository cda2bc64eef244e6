package coffer.cam;

import java.net.URI;
import java.net.URISyntaxException;

/** The URLs that the server is told to send requests to. What is wrong with one is said without showing it. */
final class TargetUrl {
    private static final int MAX_LENGTH = 2048;
    private static final int MAX_PORT = 65_535;

    private TargetUrl() {}

    /**
     * Lets pass what a request can be sent to: http or https, with a host, without user info and fragment.
     *
     * @param what it is the URL of, the subject of the sentence that refuses it
     * @throws CamException {@code INVALID_ARGUMENT}
     */
    static URI check(String what, String text) {
        if (text.length() > MAX_LENGTH) {
            throw CamError.INVALID_ARGUMENT.because(what + " has at most " + MAX_LENGTH + " characters.");
        }
        URI url = parse(what, text);
        if (url.getRawUserInfo() != null) {
            throw CamError.INVALID_ARGUMENT.because(what + " holds no user and password.");
        }
        if (url.getRawFragment() != null) {
            throw CamError.INVALID_ARGUMENT.because(what + " has no fragment, the part from a # on.");
        }
        if (url.getRawAuthority().endsWith(":") || url.getPort() == 0 || url.getPort() > MAX_PORT) {
            throw CamError.INVALID_ARGUMENT.because(what + " has a port from 1 to " + MAX_PORT + ", or none.");
        }
        return url;
    }

    private static URI parse(String what, String text) {
        try {
            URI url = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isHttp && url.getHost() != null && url.toASCIIString().equals(text)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // the same sentence as for another kind of URL
        }
        throw CamError.INVALID_ARGUMENT.because(
                what + " begins with http://HOST or https://HOST, and has what URLs do not allow percent-encoded.");
    }

    /** Scheme, host and port, which logs may show: what comes behind them may be secret. */
    static String shown(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
