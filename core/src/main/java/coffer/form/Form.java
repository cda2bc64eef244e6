package coffer.form;

import coffer.api.RequestBody;
import java.util.Map;

/**
 * A form with one file.
 *
 * @param fields the values before the file by the lower-case names of their fields; of fields that come twice the last
 * @param filename what the client calls the file, perhaps with folders; empty if it does not say
 * @param file the bytes of the file, read as they arrive; their number is not known before their end
 */
public record Form(Map<String, String> fields, String filename, RequestBody file) {
    public Form {
        fields = Map.copyOf(fields);
    }
}
