package coffer.lifecycle;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Storage classes that rules move objects to, and how cold they are. Source: COS API reference, "PUT Bucket lifecycle".
 */
public enum ColderClass {
    STANDARD_IA(1),
    MAZ_STANDARD_IA(1),
    INTELLIGENT_TIERING(2),
    MAZ_INTELLIGENT_TIERING(2),
    COLD(3),
    MAZ_COLD(3),
    ARCHIVE(4),
    MAZ_ARCHIVE(4),
    DEEP_ARCHIVE(5);

    private final int coldness;

    ColderClass(int coldness) {
        this.coldness = coldness;
    }

    /**
     * Reads a class in any case: the Java SDK sends {@code Standard_IA}.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static ColderClass parse(String text) {
        return find(text.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because(
                        "'" + text + "' is no storage class that objects can be moved to."));
    }

    private static Optional<ColderClass> find(String name) {
        return Arrays.stream(values())
                .filter(value -> value.name().equals(name))
                .findFirst();
    }

    /** How cold a storage class is by its name: 0 for those that are not colder than any. */
    static int coldness(String storageClass) {
        return find(storageClass).map(found -> found.coldness).orElse(0);
    }

    int coldness() {
        return coldness;
    }

    /** Whether it is for buckets of several zones. */
    boolean isMultiAz() {
        return name().startsWith("MAZ_");
    }
}
