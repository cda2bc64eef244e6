package coffer.remote;

import java.util.List;
import java.util.Optional;

/**
 * A page of a listing.
 *
 * @param next where the following one begins; empty behind the last
 */
public record RemotePage(List<RemoteEntry> entries, Optional<Place> next) {
    /** The begin of the listing. */
    public static final Place BEGIN = new Place("", "");

    public RemotePage {
        entries = List.copyOf(entries);
    }

    /**
     * A place in a listing.
     *
     * @param key behind which it goes on
     * @param versionId behind which version of that key; empty if behind all of them
     */
    public record Place(String key, String versionId) {}
}
