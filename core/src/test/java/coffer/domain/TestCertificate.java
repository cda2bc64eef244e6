package coffer.domain;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** A certificate made for a test by the JDK's keytool: no private key lies in the sources. */
record TestCertificate(byte[] certificate, byte[] pkcs8) {
    /** @param options what key to make, as keytool takes them */
    static TestCertificate make(Path folder, String... options) {
        try {
            Path store = folder.resolve(String.join("", options) + ".p12");
            Files.deleteIfExists(store);
            String command = "-genkeypair -alias a -dname CN=img.photos.example -validity 30"
                    + " -storetype PKCS12 -storepass secret -keystore";
            List<String> words = new ArrayList<>();
            words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
            words.addAll(Arrays.asList(command.split(" ")));
            words.add(store.toString());
            words.addAll(List.of(options));
            Process keytool =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            return read(store);
        } catch (IOException | GeneralSecurityException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestCertificate read(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "secret".toCharArray());
        }
        return new TestCertificate(
                keys.getCertificate("a").getEncoded(),
                keys.getKey("a", "secret".toCharArray()).getEncoded());
    }

    String certificatePem() {
        return pem("CERTIFICATE", certificate);
    }

    String keyPem() {
        return pem("PRIVATE KEY", pkcs8);
    }

    /** The key as PKCS #1 or SEC 1 has it: what the last octet string of PKCS #8 holds. */
    String innerKeyPem(String label) {
        int at = 4 + 3;
        if (pkcs8[1] >= 0) {
            at = 2 + 3;
        } else if ((pkcs8[1] & 0xff) == 0x81) {
            at = 3 + 3;
        }
        at += 2 + pkcs8[at + 1];
        int first = pkcs8[at + 1] & 0xff;
        at += 2 + (first > 0x80 ? first - 0x80 : 0);
        return pem(label, Arrays.copyOfRange(pkcs8, at, pkcs8.length));
    }

    static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }
}
