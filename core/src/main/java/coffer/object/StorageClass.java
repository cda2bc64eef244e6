package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Locale;

/** Storage classes: recorded and reported; the bytes are kept alike. Source: COS docs, "Storage Class Overview". */
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
     * @throws CosException {@code NotSupportedStorageClass}; {@code NotImplemented} for the archive classes, which
     *     would have to be restored before they are read
     */
    public static StorageClass parse(String text) {
        StorageClass parsed;
        try {
            parsed = valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw CosError.NOT_SUPPORTED_STORAGE_CLASS.exception();
        }
        if (parsed.isArchive()) {
            throw CosError.NOT_IMPLEMENTED.because("Archive storage classes are not available on this server yet.");
        }
        return parsed;
    }

    private boolean isArchive() {
        return this == ARCHIVE || this == DEEP_ARCHIVE || this == MAZ_ARCHIVE;
    }
}
