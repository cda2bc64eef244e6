package coffer.select;

import coffer.api.CosException;
import java.time.Instant;

/**
 * Understands queries and the formats of objects. It sees nothing but the bytes it is given: it opens no file and no
 * connection. Found by {@link java.util.ServiceLoader}; thread-safe.
 */
public interface SelectEngine {
    /**
     * Reads an expression and checks it, before the object is opened.
     *
     * @param now what the query takes for now
     * @throws CosException {@code SQLParsingError} and others that say what is wrong with it
     */
    Query prepare(SelectRequest request, Instant now);

    /** A query that can be run once. */
    interface Query {
        /**
         * Reads the object and writes the result. Ends soon after {@link SelectOutput#check} has thrown.
         *
         * @throws CosException what is wrong with the object, or with a value in it
         */
        void run(SelectInput input, SelectOutput output);
    }
}
