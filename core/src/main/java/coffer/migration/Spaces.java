package coffer.migration;

import coffer.bucket.BucketService;
import coffer.cam.Cam;
import coffer.object.ObjectRows;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What kinds of rows are in which spaces. */
final class Spaces {
    /** All that a row may be of. */
    private static final String ALL =
            IntStream.rangeClosed('A', 'z').mapToObj(Character::toString).collect(Collectors.joining());

    /** Versions first, since current rows may be copies of them. Lists of extents go with their versions. */
    private static final String OF_BUCKETS = ObjectRows.VERSION
            + ALL.replace(String.valueOf(ObjectRows.VERSION), "").replace(String.valueOf(ObjectRows.MANIFEST), "");

    private Spaces() {}

    /** Whether a space holds objects: all but those of the server itself. */
    static boolean isBucket(String space) {
        return !space.equals(BucketService.SYSTEM) && !space.equals(Cam.SPACE);
    }

    /** The kinds of rows to be visited, in this order. */
    static String kinds(String space) {
        return isBucket(space) ? OF_BUCKETS : ALL;
    }
}
