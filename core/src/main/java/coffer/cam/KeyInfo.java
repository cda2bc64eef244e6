package coffer.cam;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * A key to sign with, without its secret.
 *
 * @param secretId names it, public
 * @param appId the account it belongs to
 * @param userUin the user it belongs to; empty for the root user
 * @param enabled whether it can be used
 * @param lastUsed to about ten minutes
 * @param sealedSecret its secret, encrypted
 */
public record KeyInfo(
        String secretId,
        String appId,
        Optional<String> userUin,
        boolean enabled,
        Instant created,
        Optional<Instant> lastUsed,
        byte[] sealedSecret) {
    private static final int FORMAT = 1;

    KeyInfo with(boolean other) {
        return new KeyInfo(secretId, appId, userUin, other, created, lastUsed, sealedSecret);
    }

    KeyInfo usedAt(Instant time) {
        return new KeyInfo(secretId, appId, userUin, enabled, created, Optional.of(time), sealedSecret);
    }

    byte[] toBytes() {
        return new RecordWriter(FORMAT)
                .text(secretId)
                .text(appId)
                .optionalText(userUin)
                .number(enabled ? 1 : 0)
                .time(created)
                .time(lastUsed.orElse(Instant.EPOCH))
                .bytes(sealedSecret)
                .toBytes();
    }

    static KeyInfo fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        return new KeyInfo(
                in.text(),
                in.text(),
                in.optionalText(),
                in.number() == 1,
                in.time(),
                Optional.of(in.time()).filter(time -> !time.equals(Instant.EPOCH)),
                in.bytes());
    }

    @Override
    public String toString() {
        return secretId;
    }
}
