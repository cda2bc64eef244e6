package coffer.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom a client believes by https: those in a file, and those whom they have signed. */
final class TrustedCertificates {
    private TrustedCertificates() {}

    /**
     * Reads certificates in PEM.
     *
     * @throws Failure if there are none in the file
     */
    static SSLContext in(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("certificate " + store.size(), certificate);
            }
            if (store.size() == 0) {
                throw Failure.usage("There is no certificate in " + file + ".");
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance("PKIX");
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw Failure.usage("The certificates in " + file + " cannot be read: " + e.getMessage() + ".");
        } catch (GeneralSecurityException e) {
            throw Failure.usage("There is no certificate in " + file + ": " + e.getMessage() + ".");
        }
    }
}
