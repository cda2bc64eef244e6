package coffer.certificate;

import coffer.http.Identity;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;

/**
 * Where a CA is kept.
 *
 * <pre>
 * ca.pem   the certificate, for users to trust
 * ca.jks   the same for Java; no password is needed to read it
 * ca.key   the key, for the server's user alone (0600)
 * </pre>
 *
 * The certificate is written last: if it is there, so is all else.
 *
 * @param folder the folder
 */
record AuthorityFolder(Path folder) {
    private static final Duration VALID = Duration.ofDays(3652);
    private static final String ALIAS = "coffer";
    private static final char[] JKS_PASSWORD = "changeit".toCharArray();

    /** What signs. */
    record Authority(X509Certificate certificate, KeyPair key) {}

    Path certificate() {
        return folder.resolve("ca.pem");
    }

    private Path key() {
        return folder.resolve("ca.key");
    }

    private Path trustStore() {
        return folder.resolve("ca.jks");
    }

    /** Makes a CA; one that was begun and not finished is written over. */
    void create(Issuer issuer, Instant now) throws IOException {
        Files.createDirectories(folder);
        KeyPair pair = issuer.newKey();
        byte[] mark = new byte[4];
        issuer.random().nextBytes(mark);
        String name = "Coffer development CA " + HexFormat.of().formatHex(mark);
        X509Certificate certificate = issuer.authority(pair, name, now, VALID);
        write(key(), Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()), "rw-------");
        writeTrustStore(certificate);
        try {
            write(certificate(), Pem.write("CERTIFICATE", certificate.getEncoded()), "rw-r--r--");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was just made", e);
        }
    }

    /**
     * Reads the CA.
     *
     * @throws UnusableCertificate if it is incomplete or its time is over
     */
    Authority read(Instant now) throws IOException {
        if (!Files.exists(key())) {
            throw new UnusableCertificate("The CA in " + folder
                    + " has lost its key: delete the folder, so that a new one" + " is made, and trust that.");
        }
        Identity identity = Pem.read(
                Files.readAllBytes(certificate()),
                certificate().toString(),
                Files.readAllBytes(key()),
                key().toString());
        X509Certificate certificate = identity.certificate();
        if (certificate.getNotAfter().toInstant().isBefore(now)) {
            throw new UnusableCertificate("The CA in " + folder + " was valid until "
                    + certificate.getNotAfter().toInstant()
                    + ": delete the folder, so that a new one is made, and trust that.");
        }
        return new Authority(certificate, new KeyPair(certificate.getPublicKey(), identity.key()));
    }

    private void writeTrustStore(X509Certificate certificate) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance("JKS");
            store.load(null, null);
            store.setCertificateEntry(ALIAS, certificate);
            Path temporary = folder.resolve("ca.jks.new");
            try (var out = Files.newOutputStream(temporary)) {
                store.store(out, JKS_PASSWORD);
            }
            move(temporary, trustStore());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK writes no JKS", e);
        }
    }

    private void write(Path file, String text, String permissions) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        FileAttribute<?> mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
        try (FileChannel out =
                FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
            ByteBuffer bytes = StandardCharsets.US_ASCII.encode(text);
            while (bytes.hasRemaining()) {
                int _ = out.write(bytes);
            }
            out.force(true);
        }
        move(temporary, file);
    }

    private void move(Path temporary, Path file) throws IOException {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
