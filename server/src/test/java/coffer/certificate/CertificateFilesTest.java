package coffer.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import coffer.http.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Certificates that are exchanged while the server runs. */
class CertificateFilesTest {
    private final Issuer issuer = new Issuer(new SecureRandom());
    private final Logger log = (Logger) LoggerFactory.getLogger(CertificateFiles.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        said.start();
        log.addAppender(said);
    }

    @AfterEach
    void stopListening() {
        log.detachAppender(said);
    }

    @Test
    void takesANewPairWhenItIsThere() throws Exception {
        KeyPair first = issuer.newKey();
        write(first, first, Duration.ofDays(90));
        CertificateFiles files = open();
        Identity before = files.of(Optional.empty());
        assertThat(before.key()).isEqualTo(first.getPrivate());
        files.poll();
        assertThat(files.of(Optional.of("any.name"))).isSameAs(before);

        KeyPair second = issuer.newKey();
        write(second, second, Duration.ofDays(90));
        files.poll();
        assertThat(files.of(Optional.empty()).key()).isEqualTo(second.getPrivate());
        assertThat(warnings()).isEmpty();
    }

    @Test
    void waitsForTheSecondFileOfAPair() throws Exception {
        KeyPair first = issuer.newKey();
        write(first, first, Duration.ofDays(90));
        CertificateFiles files = open();
        KeyPair second = issuer.newKey();
        write(second, first, Duration.ofDays(90));
        files.poll();
        assertThat(files.of(Optional.empty()).key()).isEqualTo(first.getPrivate());
        write(second, second, Duration.ofDays(90));
        files.poll();
        assertThat(files.of(Optional.empty()).key()).isEqualTo(second.getPrivate());
        assertThat(warnings()).isEmpty();
    }

    @Test
    void keepsThePairInUseAndSaysOnceWhatIsWrongWithANewOne() throws Exception {
        KeyPair first = issuer.newKey();
        write(first, first, Duration.ofDays(90));
        CertificateFiles files = open();
        Files.writeString(chain(), "nonsense");
        for (int i = 0; i < 5; i++) {
            files.poll();
        }
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains("stays in use")
                .contains("There is no certificate in");
        Files.delete(chain());
        for (int i = 0; i < 5; i++) {
            files.poll();
        }
        assertThat(warnings()).hasSize(2).last().asString().contains("There is no file");
        assertThat(files.of(Optional.empty()).key()).isEqualTo(first.getPrivate());
        write(first, first, Duration.ofDays(90));
        files.poll();
        assertThat(files.of(Optional.empty()).key()).isEqualTo(first.getPrivate());
        assertThat(warnings()).hasSize(2);
    }

    @Test
    void warnsOfACertificateThatEndsSoon() throws Exception {
        KeyPair pair = issuer.newKey();
        write(pair, pair, Duration.ofDays(3));
        assertThat(open().of(Optional.empty()).key()).isEqualTo(pair.getPrivate());
        assertThat(warnings()).singleElement().asString().contains("is valid until");
    }

    @Test
    void refusesToBeginWithoutFiles() {
        assertThatThrownBy(this::open)
                .isInstanceOf(UnusableCertificate.class)
                .hasMessage("There is no file " + chain() + ".");
    }

    @Test
    void looksAtItsFilesByItself() throws Exception {
        KeyPair first = issuer.newKey();
        write(first, first, Duration.ofDays(90));
        try (CertificateFiles files = CertificateFiles.open(chain(), key(), Clock.systemUTC())) {
            KeyPair second = issuer.newKey();
            write(second, second, Duration.ofDays(90));
            long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!files.of(Optional.empty()).key().equals(second.getPrivate()) && System.nanoTime() < end) {
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
            assertThat(files.of(Optional.empty()).key()).isEqualTo(second.getPrivate());
        }
    }

    private CertificateFiles open() {
        return CertificateFiles.unwatched(chain(), key(), Clock.systemUTC());
    }

    private Path chain() {
        return folder.resolve("chain.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }

    private void write(KeyPair certified, KeyPair key, Duration valid)
            throws IOException, CertificateEncodingException {
        X509Certificate certificate = issuer.authority(certified, "test", Instant.now(), valid);
        Files.writeString(chain(), Pem.write("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(key(), Pem.write("PRIVATE KEY", key.getPrivate().getEncoded()));
    }

    private List<String> warnings() {
        return said.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }
}
