package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Locale;

/**
 * Storage classes: recorded and reported; the bytes are kept alike. What is archived cannot be read until it is
 * restored, all the same. Source: COS docs, "Storage Class Overview".
 */
public enum StorageClass {
    STANDARD,
    STANDARD_IA,
    INTELLIGENT_TIERING,
    COLD,
    ARCHIVE,
    DEEP_ARCHIVE,
    MAZ_STANDARD,
    MAZ_STANDARD_IA,
    MAZ_INTELLIGENT_TIERING,
    MAZ_COLD,
    MAZ_ARCHIVE;

    /**
     * Reads a class in any case: the Java SDK sends {@code Standard_IA}.
     *
     * @throws CosException {@code NotSupportedStorageClass}
     */
    public static StorageClass parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw CosError.NOT_SUPPORTED_STORAGE_CLASS.exception();
        }
    }

    /** Whether an object must be restored before it is read. */
    public boolean isArchive() {
        return this == ARCHIVE || this == DEEP_ARCHIVE || this == MAZ_ARCHIVE;
    }
}
