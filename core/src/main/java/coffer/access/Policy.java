package coffer.access;

import coffer.access.Statement.Effect;
import coffer.api.CosError;
import coffer.api.CosException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A policy: its document as it was sent, and its statements. Source: COS docs, "Access Policy Language".
 *
 * <p>A stored document that this server cannot read, because a newer one wrote it or it was damaged, makes a policy that
 * denies everything: what it denied must not become allowed.
 */
public final class Policy {
    /** Of a whole document. */
    public static final int MAX_BYTES = 20 * 1024;

    /** Of one statement, written without blanks. */
    public static final int MAX_STATEMENT_BYTES = 4095;

    private final String text;
    private final List<Statement> statements;
    private final Optional<String> trouble;

    private Policy(String text, List<Statement> statements, Optional<String> trouble) {
        this.text = text;
        this.statements = List.copyOf(statements);
        this.trouble = trouble;
    }

    /**
     * Reads the policy that somebody wants to set on a bucket: each statement has a principal, and resources in this
     * bucket only.
     *
     * @throws CosException {@code MalformedPolicy} saying where, {@code PolicyFull}
     */
    public static Policy ofBucket(byte[] document, Resource bucket) {
        String text = decode(document);
        return new Policy(text, PolicyReader.forBucket(bucket, true).read(text), Optional.empty());
    }

    /**
     * Reads the policy that somebody wants to give to a user or a session: no statement has a principal.
     *
     * @throws CosException {@code MalformedPolicy} saying where, {@code PolicyFull}
     */
    public static Policy ofIdentity(byte[] document) {
        String text = decode(document);
        return new Policy(text, PolicyReader.forIdentity(true).read(text), Optional.empty());
    }

    /** The stored policy of a bucket; it denies everything if it cannot be read. Limits are not applied again. */
    public static Policy storedOfBucket(String text, Resource bucket) {
        return stored(text, PolicyReader.forBucket(bucket, false));
    }

    /** The stored policy of a user or a session; it denies everything if it cannot be read. */
    public static Policy storedOfIdentity(String text) {
        return stored(text, PolicyReader.forIdentity(false));
    }

    private static Policy stored(String text, PolicyReader reader) {
        try {
            return new Policy(text, reader.read(text), Optional.empty());
        } catch (CosException e) {
            return new Policy(text, List.of(), Optional.of(e.message()));
        }
    }

    /** How many statements it has. */
    public int size() {
        return statements.size();
    }

    /** The document to the letter; its UTF-8 octets are those that were sent. */
    public String text() {
        return text;
    }

    /** Why the stored document cannot be read; empty if it can. */
    public Optional<String> trouble() {
        return trouble;
    }

    /** Whether it allows something to everybody, wherever they come from. */
    public boolean isPublic() {
        return statements.stream().anyMatch(Statement::isPublic);
    }

    /** The first statement of this effect about a request; none if the document cannot be read. */
    Optional<Statement> find(Effect effect, AccessRequest request, String action, Audience audience) {
        for (Statement statement : statements) {
            if (statement.effect() == effect && statement.matches(request, action, audience)) {
                return Optional.of(statement);
            }
        }
        return Optional.empty();
    }

    /** As above, about a request to another service. */
    Optional<Statement> findOfServices(Effect effect, String action, List<String> names, ConditionValues values) {
        return statements.stream()
                .filter(statement -> statement.effect() == effect)
                .filter(statement -> statement.matchesOfServices(action, names, values))
                .findFirst();
    }

    private static String decode(byte[] document) {
        if (document.length > MAX_BYTES) {
            throw CosError.POLICY_FULL.exception();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CosError.MALFORMED_POLICY.because("The policy is not UTF-8.");
        }
    }
}
