package coffer.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The files of the console, as the build put them into its jar; read once, when first asked for. Thread-safe. */
final class ConsoleFiles {
    private static final String FOLDER = "/coffer/console/";
    /** No dots but that of the ending: no path leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("(?:assets/)?[A-Za-z0-9_-]+\\.[a-z0-9]+");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "woff", "font/woff",
            "woff2", "font/woff2");

    /** What is kept in memory of a file. */
    record ConsoleFile(String type, byte[] bytes, byte[] gzipped) {}

    private final Map<String, Optional<ConsoleFile>> read = new ConcurrentHashMap<>();

    /** A file by its name below the folder; empty if there is none. */
    Optional<ConsoleFile> find(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (!NAME.matcher(name).matches() || !TYPES.containsKey(ending)) {
            return Optional.empty();
        }
        Optional<ConsoleFile> known = read.get(name);
        if (known != null) {
            return known;
        }
        Optional<ConsoleFile> found = load(name, TYPES.getOrDefault(ending, ""));
        // What is not there is not remembered: callers could name anything.
        found.ifPresent(file -> read.put(name, found));
        return found;
    }

    private static Optional<ConsoleFile> load(String name, String type) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            return Optional.of(new ConsoleFile(type, bytes, gzipped(bytes)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
