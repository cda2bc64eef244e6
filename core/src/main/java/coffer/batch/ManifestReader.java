package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.PercentCode;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.ObjectReader;
import coffer.object.StoredObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads which objects a job is about, one after the other. Used by one thread. */
final class ManifestReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;
    private static final String APPID = "Appid";

    private final BucketService buckets;
    private final ObjectReader objects;
    private final Reads rights;
    private final List<String> columns;
    private final Deque<CosArn> files = new ArrayDeque<>();
    private Optional<BufferedReader> open = Optional.empty();
    private long line;

    /** Decides whether a job may read what it is to read. */
    @FunctionalInterface
    interface Reads {
        /**
         * Lets pass what may be read.
         *
         * @throws CosException {@code AccessDenied}
         */
        void require(Bucket bucket, String key, Optional<String> versionId);
    }

    /**
     * Opens a manifest.
     *
     * @throws CosException {@code InvalidRequest} and others if it is not there, not what was named or not understood
     */
    ManifestReader(BucketService buckets, ObjectReader objects, JobManifest manifest, Reads rights) {
        this.buckets = buckets;
        this.objects = objects;
        this.rights = rights;
        CosArn at = manifest.location();
        Bucket bucket = bucket(at);
        rights.require(bucket, at.key(), manifest.versionId());
        StoredObject stored = objects.find(bucket, at.key(), manifest.versionId());
        if (!stored.version().etag().equalsIgnoreCase(manifest.etag())) {
            throw CosError.INVALID_REQUEST.because("The manifest has not the ETag that the job names.");
        }
        if (manifest.isInventory()) {
            columns = readInventory(at, objects.open(bucket, stored));
        } else {
            columns = manifest.columns();
            open = Optional.of(text(objects.open(bucket, stored)));
        }
    }

    private static BufferedReader text(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    private Bucket bucket(CosArn at) {
        return buckets.find(at.bucket())
                .filter(found -> found.region().equals(at.region()))
                .orElseThrow(() -> CosError.INVALID_REQUEST.because(
                        "There is no bucket " + at.bucket() + " in " + at.region() + "."));
    }

    private List<String> readInventory(CosArn at, InputStream in) {
        try (in) {
            JsonNode root = JSON.readTree(in.readNBytes(MAX_DOCUMENT_BYTES));
            if (!root.path("fileFormat").asString("").equals("CSV")) {
                throw wrong("its fileFormat is not CSV");
            }
            String bucket = root.path("destinationBucket").asString("") + "-"
                    + root.path("destinationAppid").asString("");
            for (JsonNode file : root.path("files")) {
                files.add(new CosArn(at.region(), bucket, file.path("key").asString("")));
            }
            List<String> schema = List.of(root.path("fileSchema").asString("").split(", ?", -1));
            if (!schema.containsAll(List.of(APPID, JobManifest.BUCKET, JobManifest.KEY))) {
                throw wrong("its fileSchema has no Appid, Bucket and Key");
            }
            return schema;
        } catch (IOException | JacksonException e) {
            throw wrong("it is not the manifest of an inventory");
        }
    }

    private static CosException wrong(String why) {
        return CosError.INVALID_REQUEST.because("The manifest cannot be used: " + why + ".");
    }

    /**
     * The next task; empty at the end.
     *
     * @throws CosException {@code InvalidRequest} for a line that is none
     */
    Optional<JobTask> next() {
        try {
            while (true) {
                if (open.isEmpty()) {
                    if (files.isEmpty()) {
                        return Optional.empty();
                    }
                    open = Optional.of(openFile(files.remove()));
                }
                Optional<String> text = readLine(open.get());
                if (text.isEmpty()) {
                    closeFile();
                } else if (!text.get().isBlank()) {
                    return Optional.of(task(split(text.get())));
                }
            }
        } catch (IOException e) {
            throw wrong("a file of it is damaged");
        }
    }

    private BufferedReader openFile(CosArn file) throws IOException {
        Bucket bucket = bucket(file);
        rights.require(bucket, file.key(), Optional.empty());
        InputStream in = objects.open(bucket, objects.find(bucket, file.key(), Optional.empty()));
        return text(file.key().endsWith(".gz") ? new GZIPInputStream(in) : in);
    }

    private Optional<String> readLine(BufferedReader in) throws IOException {
        line++;
        StringBuilder text = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (text.length() == MAX_LINE) {
                throw wrong("line " + line + " is too long");
            }
            text.append((char) c);
            c = in.read();
        }
        int end = text.length() - 1;
        if (end >= 0 && text.charAt(end) == '\r') {
            text.setLength(end);
        }
        return Optional.of(
                line == 1 && !text.isEmpty() && text.charAt(0) == '\ufeff' ? text.substring(1) : text.toString());
    }

    /** Values may be quoted, with quotes doubled. */
    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                if (isQuoted && i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    value.append(c);
                    i++;
                } else {
                    isQuoted = !isQuoted;
                }
            } else if (c == ',' && !isQuoted) {
                values.add(value.toString());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        values.add(value.toString());
        return values;
    }

    private JobTask task(List<String> values) {
        if (values.size() < columns.size()) {
            throw wrong("line " + line + " has not all its columns");
        }
        String bucket = value(values, JobManifest.BUCKET);
        String appId = value(values, APPID);
        String key = decoded(value(values, JobManifest.KEY));
        if (bucket.isEmpty() || key.isEmpty()) {
            throw wrong("line " + line + " names no bucket or no key");
        }
        return new JobTask(
                appId.isEmpty() ? bucket : bucket + "-" + appId,
                key,
                Optional.of(value(values, JobManifest.VERSION)).filter(id -> !id.isEmpty()));
    }

    private String value(List<String> values, String column) {
        int at = columns.indexOf(column);
        return at < 0 ? "" : values.get(at).strip();
    }

    private String decoded(String key) {
        try {
            return PercentCode.decodePath(key);
        } catch (CosException e) {
            throw wrong("the key of line " + line + " is not percent-encoded");
        }
    }

    private void closeFile() throws IOException {
        if (open.isPresent()) {
            open.get().close();
            open = Optional.empty();
        }
    }

    @Override
    public void close() {
        try {
            closeFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
