package coffer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/** What tests need to write with: folders under the build directory, bytes, names. */
public final class Scratch {
    /** Whole host at most 60 characters: what is left for a bucket's own name beside APPID, region and suffix. */
    private static final int NAME_LENGTH = 18;

    private Scratch() {}

    /** A system property the build sets; the message names it when the test was started some other way. */
    public static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("The system property " + name + " is not set; run these tests by Maven.");
        }
        return value;
    }

    /** A new folder below the build directory. */
    public static Path directory(String prefix) {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of(property("coffer.scratch"))), prefix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same bytes for the same seed, everywhere. */
    public static byte[] bytes(int size, long seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** A legal bucket name that still shows which test it belongs to; different for different {@code uniqueId}s. */
    public static String bucketName(String testName, String uniqueId) {
        String tail = Integer.toString(uniqueId.hashCode() & 0x7fffffff, 36);
        String words = testName.replaceAll("([a-z])([A-Z])", "$1-$2")
                .replaceAll("[^A-Za-z0-9]+", "-")
                .toLowerCase(Locale.ROOT);
        int room = Math.min(words.length(), NAME_LENGTH - tail.length() - 1);
        return words.substring(0, room).replaceAll("-+$", "") + "-" + tail + "-" + Account.APPID;
    }
}
