package coffer.importing;

import coffer.outbound.RemoteStore;
import java.util.Optional;

/**
 * What is to be imported.
 *
 * @param fromBucket empty for all buckets
 * @param toBucket empty for the name that it has at the source; only for one bucket
 * @param prefix of the keys
 * @param streams how many objects and parts are under way at once, 1 to {@value #MOST_STREAMS}
 * @param withVersions whether all versions come over, and not the newest alone
 * @param reads whether each copy is read again
 */
public record ImportPlan(
        RemoteStore from,
        RemoteStore to,
        Optional<String> fromBucket,
        Optional<String> toBucket,
        String prefix,
        int streams,
        boolean withVersions,
        boolean reads) {
    /** Each stream has two connections, and there are 64 for each host. */
    public static final int MOST_STREAMS = 32;

    /** What must be the same for one journal to be gone on with; without secrets. */
    String identity() {
        return String.join(
                "\n",
                from.endpoint().toString(),
                fromBucket.orElse("*"),
                to.endpoint().toString(),
                toBucket.orElse("*"),
                prefix,
                Boolean.toString(withVersions));
    }

    /** The same for people. */
    String shown() {
        return from.endpoint() + " " + fromBucket.orElse("(all buckets)") + " to " + to.endpoint()
                + toBucket.map(name -> " " + name).orElse("")
                + (prefix.isEmpty() ? "" : ", keys that begin with " + prefix)
                + (withVersions ? ", with all versions" : "");
    }
}
