package coffer.cam;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.encryption.DataKey;
import coffer.encryption.KeyService;
import coffer.encryption.WrappedKey;
import coffer.store.MetadataStore;
import coffer.store.memory.MemoryEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Accounts over an engine in memory, with a clock that can be moved. */
final class CamFixture {
    static final String APP_ID = "1250000001";

    static final String ALLOW_ALL = """
            {"version":"2.0","statement":[{"effect":"allow","action":["*"],"resource":["*"]}]}""";

    static final String DENY_ALL = """
            {"version":"2.0","statement":[{"effect":"deny","action":["*"],"resource":["*"]}]}""";

    private Instant now = Instant.parse("2026-11-25T08:00:00Z");
    final InstantSource clock = () -> now;
    final MetadataStore metadata;
    final Cam cam;

    CamFixture() {
        this(new MemoryEngine());
    }

    CamFixture(MetadataStore metadata) {
        this.metadata = metadata;
        this.cam = Cam.over(metadata, new OpenKeys(), clock, new Random(1));
        AccountInfo _ = cam.accounts().create("first", Optional.of(APP_ID));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The error that something is refused with. */
    static CamError refusal(ThrowingCallable refused) {
        return catchThrowableOfType(CamException.class, refused).error();
    }

    /** Wraps data keys by not doing so. */
    private record OpenKeys() implements KeyService {
        private static final byte[] KEY = new byte[32];

        @Override
        public String defaultKeyId() {
            return "open";
        }

        @Override
        public void require(String keyId) {
            // any will do
        }

        @Override
        public DataKey create(String keyId, String context) {
            return new DataKey(KEY, new WrappedKey(keyId, KEY));
        }

        @Override
        public byte[] unwrap(WrappedKey key, String context) {
            return key.bytes();
        }
    }
}
