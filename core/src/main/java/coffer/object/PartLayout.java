package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Query;
import coffer.request.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The parts that an object was uploaded in. Each is an extent of its own; only a last one without bytes has none. They
 * are counted from 1, whatever their numbers were in the upload.
 *
 * @param sizes of the parts in bytes; one for an object that was uploaded as a whole
 * @param isMultipart whether it was uploaded in parts
 */
record PartLayout(List<Long> sizes, boolean isMultipart) {
    private static final int MAX_PART_NUMBER = 10_000;

    PartLayout {
        sizes = List.copyOf(sizes);
    }

    static PartLayout of(ObjectVersion version) {
        int dash = version.etag().indexOf('-');
        if (version.uploadId().isEmpty() || version.isAppendable() || dash < 0) {
            return new PartLayout(List.of(version.sizeBytes()), false);
        }
        List<Long> sizes = new ArrayList<>(
                version.content().extents().stream().map(Extent::lengthBytes).toList());
        int count = Integer.parseInt(version.etag().substring(dash + 1));
        if (sizes.size() == count - 1) {
            sizes.add(0L);
        }
        return new PartLayout(sizes, true);
    }

    /**
     * The part that a request asks for.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static Optional<Integer> asked(Query query) {
        return query.nonEmpty("partNumber").map(text -> (int) Numbers.within("partNumber", text, 1, MAX_PART_NUMBER));
    }

    /**
     * Where a part lies.
     *
     * @throws CosException {@code InvalidPart} if there is none of this number
     */
    ByteRange range(int number) {
        if (number > sizes.size()) {
            throw CosError.INVALID_PART.because(
                    "The object has " + sizes.size() + " parts, none of number " + number + ".");
        }
        long first =
                sizes.subList(0, number - 1).stream().mapToLong(Long::longValue).sum();
        return new ByteRange(first, sizes.get(number - 1));
    }
}
