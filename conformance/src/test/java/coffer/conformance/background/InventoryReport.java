package coffer.conformance.background;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.TestBucket;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A report as a client reads it: its manifest compared with its checksum, and its files with the manifest.
 *
 * @param rows the values of each line by the names of their columns
 */
record InventoryReport(JsonNode manifest, List<Map<String, String>> rows) {
    static InventoryReport read(TestBucket bucket, String folder) {
        byte[] document = bucket.bytes(folder + "/manifest.json");
        assertThat(bucket.text(folder + "/manifest.checksum")).isEqualTo(md5(document));
        try {
            JsonNode manifest = new ObjectMapper().readTree(document);
            List<String> columns = List.of(manifest.get("fileSchema").asText().split(", ", -1));
            List<Map<String, String>> rows = new ArrayList<>();
            for (JsonNode file : manifest.get("files")) {
                byte[] zipped = bucket.bytes(file.get("key").asText());
                assertThat(zipped.length).isEqualTo(file.get("size").asInt());
                assertThat(md5(zipped)).isEqualTo(file.get("md5Checksum").asText());
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped))) {
                    new String(in.readAllBytes(), UTF_8).lines().forEach(line -> rows.add(row(columns, line)));
                }
            }
            assertThat(manifest.get("filterObjectCount").asText()).isEqualTo(Integer.toString(rows.size()));
            return new InventoryReport(manifest, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> row(List<String> columns, String line) {
        List<String> values = Arrays.asList(line.split(",", -1));
        assertThat(values).hasSameSizeAs(columns);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < values.size(); i++) {
            row.put(columns.get(i), values.get(i));
        }
        return row;
    }

    /** A column. */
    List<String> column(String name) {
        return rows.stream().map(row -> row.get(name)).toList();
    }

    /** The keys. */
    List<String> keys() {
        return column("Key").stream().map(key -> URLDecoder.decode(key, UTF_8)).toList();
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
