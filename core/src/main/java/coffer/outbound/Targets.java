package coffer.outbound;

import java.util.Optional;

/** What the administrator has named for the buckets of accounts to reach. Thread-safe. */
public interface Targets {
    /** Nothing is named. */
    Targets NONE = new Targets() {
        @Override
        public Optional<Webhook> webhook(String appId, String name) {
            return Optional.empty();
        }

        @Override
        public Optional<RemoteStore> remote(String appId, String region) {
            return Optional.empty();
        }
    };

    /** The webhook of an account that has this name. */
    Optional<Webhook> webhook(String appId, String name);

    /** The store that an account calls by the name of this region. */
    Optional<RemoteStore> remote(String appId, String region);
}
