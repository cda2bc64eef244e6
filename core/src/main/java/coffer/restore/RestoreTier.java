package coffer.restore;

import java.util.Locale;

/** How urgently an archived object is to be restored. Source: COS API reference, "POST Object restore". */
public enum RestoreTier {
    /** Not for DEEP_ARCHIVE. */
    EXPEDITED,
    STANDARD,
    BULK;

    /** As {@code x-cos-restore-status} and options spell it: {@code bulk}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
