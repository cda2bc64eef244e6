package coffer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.cam.Cam;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The tokens of the admin API. Of each only a hash is kept. Thread-safe.
 *
 * <p>A token is {@code coffer-<id>-<secret>}, of 12 and 40 hex digits. Rows in the space of {@link Cam}: {@code m} with the
 * id as key.
 */
public final class AdminTokens {
    private static final char KIND = 'm';
    private static final int FORMAT = 1;
    private static final int MAX_TOKENS = 1000;
    private static final int MAX_NAME = 128;
    private static final String PREFIX = "coffer-";
    private static final int ID_BYTES = 6;
    private static final int SECRET_BYTES = 20;
    private static final int FINGERPRINT_BYTES = 8;

    /** What a token from outside is called. */
    private static final String OUTSIDE = "COFFER_ADMIN_TOKEN";

    private final MetadataStore metadata;
    private final Optional<String> outside;
    private final InstantSource clock;
    private final RandomGenerator random;

    /**
     * The tokens of a store.
     *
     * @param outside a token that counts beside them, of an administrator
     * @param random makes tokens: a secure one
     */
    public AdminTokens(MetadataStore metadata, Optional<String> outside, InstantSource clock, RandomGenerator random) {
        this.metadata = metadata;
        this.outside = outside;
        this.clock = clock;
        this.random = random;
    }

    /** A token without its secret. */
    record Token(String id, String name, AdminRole role, Instant created, Optional<Instant> expires, byte[] hash) {
        boolean holds(Instant now) {
            return expires.filter(end -> !end.isAfter(now)).isEmpty();
        }

        byte[] toBytes() {
            return new RecordWriter(FORMAT)
                    .text(id)
                    .text(name)
                    .text(role.text())
                    .time(created)
                    .number(expires.isPresent() ? 1 : 0)
                    .time(expires.orElse(Instant.EPOCH))
                    .bytes(hash)
                    .toBytes();
        }

        static Token fromBytes(byte[] bytes) {
            RecordReader in = new RecordReader(bytes, FORMAT);
            String id = in.text();
            String name = in.text();
            AdminRole role = AdminRole.of(in.text()).orElse(AdminRole.READ_ONLY);
            Instant created = in.time();
            boolean ends = in.number() == 1;
            Instant end = in.time();
            return new Token(id, name, role, created, ends ? Optional.of(end) : Optional.empty(), in.bytes());
        }

        @Override
        public String toString() {
            return "token " + id;
        }
    }

    /** A token just made; its text is never shown again. */
    record NewToken(Token token, String text) {
        @Override
        public String toString() {
            return token.toString();
        }
    }

    /** All tokens but that from outside, by id. */
    List<Token> list() {
        List<Token> tokens = new ArrayList<>();
        try (RowCursor rows = metadata.scan(Cam.SPACE, KIND, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                tokens.add(Token.fromBytes(row.get().value()));
            }
        }
        return tokens;
    }

    NewToken create(String name, AdminRole role, Optional<Instant> expires) {
        if (name.isEmpty() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw AdminException.invalid(
                    "The name of a token has 1 to " + MAX_NAME + " characters and no control characters.");
        }
        if (expires.filter(end -> !end.isAfter(clock.instant())).isPresent()) {
            throw AdminException.invalid("The token would have expired already.");
        }
        if (list().size() >= MAX_TOKENS) {
            throw new AdminException(409, "LimitExceeded", "There are " + MAX_TOKENS + " tokens; revoke some first.");
        }
        String id = hex(ID_BYTES);
        String text = PREFIX + id + "-" + hex(SECRET_BYTES);
        Token token = new Token(id, name, role, clock.instant(), expires, hash(text));
        RowKey row = row(id);
        boolean made = metadata.commit(
                Commit.ofRows(row.group(), List.of(Expected.absent(row)), List.of(Change.put(row, token.toBytes()))));
        if (!made) {
            throw new AdminException(409, "Conflict", "There already is a token of this id; try again.");
        }
        return new NewToken(token, text);
    }

    /** Ends a token. */
    Token revoke(String id) {
        Token token = find(id).orElseThrow(() -> AdminException.notFound("There is no token " + id + "."));
        RowKey row = row(id);
        boolean _ = metadata.commit(Commit.ofRows(row.group(), List.of(), List.of(Change.delete(row))));
        return token;
    }

    /** Whom a token belongs to; empty if it is wrong, revoked or expired. */
    Optional<AdminCaller> caller(String text) {
        byte[] hash = hash(text);
        if (outside.filter(own -> MessageDigest.isEqual(hash(own), hash)).isPresent()) {
            return Optional.of(new AdminCaller("token " + OUTSIDE, AdminRole.ADMIN));
        }
        return find(idOf(text))
                .filter(token -> MessageDigest.isEqual(token.hash, hash))
                .filter(token -> token.holds(clock.instant()))
                .map(token -> new AdminCaller("token " + token.id + " (" + token.name + ")", token.role));
    }

    /** Tells tokens apart without giving anything of them away. */
    static String fingerprint(String text) {
        return HexFormat.of().formatHex(hash(text), 0, FINGERPRINT_BYTES);
    }

    /** The id in the text of a token. */
    private static String idOf(String text) {
        boolean isOurs = text.startsWith(PREFIX) && text.length() > PREFIX.length() + 2 * ID_BYTES;
        return isOurs ? text.substring(PREFIX.length(), PREFIX.length() + 2 * ID_BYTES) : "";
    }

    private Optional<Token> find(String id) {
        return metadata.get(row(id)).map(row -> Token.fromBytes(row.value()));
    }

    private static RowKey row(String id) {
        return new RowGroup(Cam.SPACE, id).row(KIND);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private String hex(int bytes) {
        byte[] out = new byte[bytes];
        random.nextBytes(out);
        return HexFormat.of().formatHex(out);
    }
}
