package coffer.form;

import coffer.api.BodyStream;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/** Reads a form up to its file. Source: COS API reference, "POST Object"; RFC 7578. */
public final class FormReader {
    /** All fields before the file together. */
    private static final int MAX_FIELD_BYTES = 20 * 1024;

    /** RFC 2046, section 5.1.1. */
    private static final int MAX_BOUNDARY_LENGTH = 70;

    private static final int MAX_PART_HEADER_BYTES = 8 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String FILE = "file";

    private FormReader() {}

    /**
     * Reads the fields; the file is read by the caller. What follows the file is of no meaning.
     *
     * @param contentType of the request, with the boundary
     * @throws CosException {@code MalformedPOSTRequest}, {@code IncorrectNumberOfFilesInPostRequest} if there is no file;
     *     while the file is read {@code MalformedPOSTRequest} if it does not end in a boundary
     */
    public static Form read(RequestBody body, String contentType) {
        try {
            return read(MultipartInput.builder()
                    .setInputStream(new BodyStream(body))
                    .setBufferSize(BUFFER_BYTES)
                    .setBoundary(boundary(contentType).getBytes(StandardCharsets.ISO_8859_1))
                    .setMaxPartHeaderSize(MAX_PART_HEADER_BYTES)
                    .get());
        } catch (IOException | IllegalArgumentException e) {
            throw CosError.MALFORMED_POST_REQUEST.exception();
        }
    }

    private static Form read(MultipartInput input) throws IOException {
        input.setHeaderCharset(StandardCharsets.UTF_8);
        if (!input.skipPreamble()) {
            throw CosError.MALFORMED_POST_REQUEST.exception();
        }
        Map<String, String> fields = new HashMap<>();
        int room = MAX_FIELD_BYTES;
        do {
            Map<String, String> disposition = disposition(input.readHeaders());
            String name = Optional.ofNullable(disposition.get("name"))
                    .orElseThrow(CosError.MALFORMED_POST_REQUEST::exception)
                    .toLowerCase(Locale.ROOT);
            if (name.equals(FILE)) {
                String filename =
                        Optional.ofNullable(disposition.get("filename")).orElse("");
                return new Form(fields, filename, new FileBody(input.newInputStream()));
            }
            byte[] value;
            try (InputStream part = input.newInputStream()) {
                value = part.readNBytes(room + 1);
            }
            room -= name.length() + value.length;
            if (room < 0) {
                throw CosError.MALFORMED_POST_REQUEST.because(
                        "The fields before the file have more than " + MAX_FIELD_BYTES + " bytes.");
            }
            fields.put(name, new String(value, StandardCharsets.UTF_8));
        } while (input.readBoundary());
        throw CosError.INCORRECT_NUMBER_OF_FILES.exception();
    }

    private static String boundary(String contentType) {
        Map<String, String> parameters = parameters(contentType);
        String boundary = parameters.get("boundary");
        if (!parameters.containsKey("multipart/form-data")
                || boundary == null
                || boundary.isEmpty()
                || boundary.length() > MAX_BOUNDARY_LENGTH) {
            throw CosError.MALFORMED_POST_REQUEST.because(
                    "The Content-Type must be multipart/form-data with a boundary of at most 70 characters.");
        }
        return boundary;
    }

    private static Map<String, String> disposition(String partHeaders) {
        for (String line : partHeaders.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("Content-Disposition")) {
                return parameters(line.substring(colon + 1));
            }
        }
        throw CosError.MALFORMED_POST_REQUEST.exception();
    }

    private static Map<String, String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }
}
