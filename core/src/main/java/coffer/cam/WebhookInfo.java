package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.net.URI;
import java.time.Instant;

/**
 * A URL of an account that is told what happens, without the secret that it is told with.
 *
 * @param appId the account it belongs to
 * @param name unique in the account
 * @param url absolute, http or https, without user info and fragment; its path and query may be secret
 * @param sealedSecret its secret, encrypted
 */
public record WebhookInfo(String appId, String name, URI url, Instant created, byte[] sealedSecret) {
    private static final int FORMAT = 1;

    WebhookInfo with(URI other) {
        return new WebhookInfo(appId, name, other, created, sealedSecret);
    }

    /** Scheme, host and port of the URL, which logs may show. */
    public String shownUrl() {
        return TargetUrl.shown(url);
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(appId)
                .text(name)
                .text(url.toString())
                .time(created)
                .bytes(sealedSecret)
                .toBytes();
    }

    static WebhookInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new WebhookInfo(in.text(), in.text(), URI.create(in.text()), in.time(), in.bytes());
    }

    @Override
    public String toString() {
        return name;
    }
}
