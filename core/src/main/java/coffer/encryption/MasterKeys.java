package coffer.encryption;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The master keys of a server, in the order of their file: the first is the one for what is written from now on, the
 * others open what was written before. Immutable.
 */
public final class MasterKeys {
    private final Path file;
    private final Map<String, Key> byId;

    /**
     * A key.
     *
     * @param bytes 32, not to be changed
     * @param disabled whether it is refused, for writing and for reading
     */
    record Key(byte[] bytes, boolean disabled) {
        @Override
        public String toString() {
            return "Key[***]";
        }
    }

    /**
     * Keys.
     *
     * @param file where they are from, for messages
     * @param byId at least one, in order
     */
    MasterKeys(Path file, Map<String, Key> byId) {
        this.file = file;
        this.byId = new LinkedHashMap<>(byId);
    }

    /** Where they are from. */
    Path file() {
        return file;
    }

    /** The id of the key for what is written from now on. */
    public String activeId() {
        return byId.keySet().iterator().next();
    }

    /** The ids of all keys, in order. */
    public List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    Optional<Key> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Ids only. */
    @Override
    public String toString() {
        return "MasterKeys" + byId.keySet();
    }
}
