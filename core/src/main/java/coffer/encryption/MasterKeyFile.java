package coffer.encryption;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The file that holds the {@link MasterKeys}: text, a key a line, the first one active.
 *
 * <pre>
 * # a comment
 * &lt;key id, 1 to 64 of [A-Za-z0-9._-]&gt; &lt;base64 of 32 bytes&gt; [disabled]
 * </pre>
 */
public final class MasterKeyFile {
    private static final long MAX_BYTES = 1024 * 1024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final String FIRST_ID = "k1";
    private static final String DISABLED = "disabled";

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private static final String HEAD = """
            # The master keys of a Coffer store. Keep a copy apart from the data: without them nothing that was encrypted
            # can ever be read again. One a line: <key id> <base64 of 32 random bytes> [disabled]
            # The first one is used for what is written from now on; put a new one above it, and never change or remove one.
            """;

    private MasterKeyFile() {}

    /**
     * Reads the keys.
     *
     * @throws MasterKeyException if there is no such file or not every line of it is a key
     */
    public static MasterKeys read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new MasterKeyException("The file of master keys " + file + " is longer than 1 MiB, so it is"
                        + " another file: name the right one.");
            }
            return parse(file, Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (NoSuchFileException e) {
            throw new MasterKeyException("The file of master keys " + file
                    + " does not exist: restore it from its copy, or name the right one.");
        } catch (IOException e) {
            throw new MasterKeyException("The file of master keys " + file + " cannot be read (" + why(e)
                    + "): let the server's user read it, or name the right one.");
        }
    }

    private static MasterKeys parse(Path file, String text) {
        Map<String, MasterKeys.Key> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            // A line is never quoted: wherever its words belong, one of them is a key.
            List<String> words = List.of(BLANKS.split(line.strip()));
            Optional<byte[]> bytes = words.size() < 2 ? Optional.empty() : key(words.get(1));
            boolean disabled = words.size() == 3 && words.get(2).equals(DISABLED);
            if (bytes.isEmpty() || !ID.matcher(words.getFirst()).matches() || words.size() > (disabled ? 3 : 2)) {
                throw new MasterKeyException("Line " + number + " of the file of master keys " + file
                        + " must be '<key id> <base64 of 32 bytes>', perhaps with the word disabled behind it; a key id"
                        + " is 1 to 64 letters, digits, '.', '_' or '-'. Put it right, or restore the file.");
            }
            if (keys.put(words.getFirst(), new MasterKeys.Key(bytes.get(), disabled)) != null) {
                throw new MasterKeyException("Line " + number + " of the file of master keys " + file
                        + " has the key id '" + words.getFirst() + "' for the second time: give each key its own.");
            }
        }
        return checked(file, keys);
    }

    private static MasterKeys checked(Path file, Map<String, MasterKeys.Key> keys) {
        if (keys.isEmpty()) {
            throw new MasterKeyException(
                    "The file of master keys " + file + " holds no key: restore it from its copy, or"
                            + " write a line '<key id> <base64 of 32 random bytes>'.");
        }
        MasterKeys master = new MasterKeys(file, keys);
        if (keys.values().iterator().next().disabled()) {
            throw new MasterKeyException("The first key in the file of master keys " + file
                    + " is the one for what is written from now on, so it must not be disabled: put another one above"
                    + " it.");
        }
        return master;
    }

    private static Optional<byte[]> key(String base64) {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            return bytes.length == Derivation.KEY_BYTES ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes a file with one new key, for its owner's eyes only. It is there whole, durable, or not at all.
     *
     * @throws MasterKeyException if it cannot be written or is there already
     */
    public static MasterKeys create(Path file, SecureRandom random) {
        byte[] key = new byte[Derivation.KEY_BYTES];
        random.nextBytes(key);
        String line = FIRST_ID + " " + Base64.getEncoder().encodeToString(key) + "\n";
        try {
            write(file.toAbsolutePath(), (HEAD + line).getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException e) {
            throw new MasterKeyException(
                    "The file of master keys " + file + " exists already: it is never replaced by a new one.");
        } catch (IOException e) {
            throw new MasterKeyException("The file of master keys " + file + " cannot be written (" + why(e)
                    + "): name one in a folder the server's user may write to.");
        }
        return read(file);
    }

    private static void write(Path file, byte[] text) throws IOException {
        Path folder = Optional.ofNullable(file.getParent()).orElse(file);
        // Where files have permissions, the temporary files of the Java platform are their owner's only.
        Path unfinished = Files.createTempFile(folder, ".master-keys-", ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = ByteBuffer.wrap(text);
                while (bytes.hasRemaining()) {
                    int _ = channel.write(bytes);
                }
                channel.force(true);
            }
            // Unlike an atomic move, this one refuses to replace a file; within a folder it is a rename all the same.
            Files.move(unfinished, file);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Whether others than its owner have a right to the file: a sentence for the log. It is no reason not to start, since
     * secrets that containers are given are files that everybody in the container may read.
     */
    public static Optional<String> warning(Path file) {
        try {
            Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
            permissions.addAll(Files.getPosixFilePermissions(file));
            permissions.retainAll(OF_OTHERS);
            return permissions.isEmpty()
                    ? Optional.empty()
                    : Optional.of("The file of master keys " + file
                            + " is open to others than its owner; restrict it: chmod 600 " + file);
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static String why(IOException e) {
        return e instanceof AccessDeniedException ? "permission denied" : String.valueOf(e.getMessage());
    }
}
