package coffer.cam;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.encryption.DataKey;
import coffer.encryption.KeyService;
import coffer.encryption.WrappedKey;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
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

    /** The same rows, as a server that starts anew finds them. */
    Cam reopened() {
        return Cam.over(metadata, new OpenKeys(), clock, new Random(2));
    }

    /** What is stored of one kind, octets as characters. */
    String stored(char kind) {
        StringBuilder stored = new StringBuilder();
        try (RowCursor rows = metadata.scan(Cam.SPACE, kind, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                stored.append(new String(row.get().value(), ISO_8859_1));
            }
        }
        return stored.toString();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The error that something is refused with. */
    static CamError refusal(ThrowingCallable refused) {
        return catchThrowableOfType(CamException.class, refused).error();
    }

    /** Has one data key for each context and wraps none. */
    private record OpenKeys() implements KeyService {
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
            return new DataKey(key(context), new WrappedKey(keyId, new byte[0]));
        }

        @Override
        public byte[] unwrap(WrappedKey key, String context) {
            return key(context);
        }

        private static byte[] key(String context) {
            byte[] key = new byte[32];
            new Random(context.hashCode()).nextBytes(key);
            return key;
        }
    }
}
