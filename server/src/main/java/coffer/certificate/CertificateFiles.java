package coffer.certificate;

import coffer.http.Identities;
import coffer.http.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain of certificates and its key in two files, taken anew when they change. Files are compared by what is in them, so
 * it does not matter how they are exchanged. Thread-safe.
 */
public final class CertificateFiles implements Identities, AutoCloseable {
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration EXPIRES_SOON = Duration.ofDays(14);
    private static final long MAX_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

    private final Path chainFile;
    private final Path keyFile;
    private final InstantSource clock;
    private volatile Identity current;
    private volatile boolean closed;

    /** What was read of the files for {@link #current}. */
    private Content inUse;

    /** Why the files could not be used at the last look; empty if they could. */
    private String problem = "";

    private boolean isProblemSaid;

    /** What is in both files. */
    private record Content(byte[] chain, byte[] key) {
        boolean isSameAs(Content other) {
            return Arrays.equals(chain, other.chain) && Arrays.equals(key, other.key);
        }
    }

    private CertificateFiles(Path chainFile, Path keyFile, InstantSource clock) {
        this.chainFile = chainFile;
        this.keyFile = keyFile;
        this.clock = clock;
        this.inUse = read(chainFile, keyFile);
        this.current = identity(inUse);
    }

    /**
     * Reads both files and keeps an eye on them.
     *
     * @throws UnusableCertificate if they cannot be used
     */
    public static CertificateFiles open(Path chainFile, Path keyFile, InstantSource clock) {
        CertificateFiles files = unwatched(chainFile, keyFile, clock);
        Thread _ = Thread.ofPlatform().name("certificates").daemon().start(files::watch);
        return files;
    }

    /** As {@link #open}, but looks at the files only when told to. */
    static CertificateFiles unwatched(Path chainFile, Path keyFile, InstantSource clock) {
        return new CertificateFiles(chainFile, keyFile, clock);
    }

    @Override
    public Identity of(Optional<String> serverName) {
        return current;
    }

    /** Looks no more; what is in use stays so. */
    @Override
    public void close() {
        closed = true;
    }

    private void watch() {
        while (!closed) {
            LockSupport.parkNanos(POLL.toNanos());
            if (!closed) {
                poll();
            }
        }
    }

    /**
     * Looks at the files. What cannot be used has until the next look to become whole, since one file is written after the
     * other; then it is said, once.
     */
    void poll() {
        try {
            Content now = read(chainFile, keyFile);
            if (!now.isSameAs(inUse)) {
                current = identity(now);
                inUse = now;
                LOG.info("The certificate in {} has changed and is in use from now on.", chainFile);
            }
            problem = "";
        } catch (UnusableCertificate e) {
            String sentence = String.valueOf(e.getMessage());
            if (!sentence.equals(problem)) {
                problem = sentence;
                isProblemSaid = false;
            } else if (!isProblemSaid) {
                isProblemSaid = true;
                LOG.warn("The certificate used so far stays in use: {}", sentence);
            }
        }
    }

    private Identity identity(Content content) {
        Identity identity = Pem.read(content.chain, chainFile.toString(), content.key, keyFile.toString());
        Instant end = identity.certificate().getNotAfter().toInstant();
        if (end.minus(EXPIRES_SOON).isBefore(clock.instant())) {
            LOG.warn("The certificate in {} is valid until {} only.", chainFile, end);
        }
        return identity;
    }

    private static Content read(Path chainFile, Path keyFile) {
        return new Content(read(chainFile), read(keyFile));
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new UnusableCertificate("The file " + file + " is too large to be a certificate or a key.");
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnusableCertificate("There is no file " + file + ".", e);
        } catch (IOException e) {
            throw new UnusableCertificate("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
