package coffer.store.rados.model;

/** The versions of a row as bytes: how many came before in the upper bits, which commit wrote it in the lower ones. */
final class Version {
    /** What each row holds at the start. */
    static final byte FIRST = 1 << 4;

    private Version() {}

    /** @param commit from 1, another for each commit, so that equal bytes are the same version */
    static byte after(byte seen, int commit) {
        return (byte) ((((seen >> 4) + 1) << 4) | commit);
    }

    static boolean isOlder(byte version, byte other) {
        return version >> 4 < other >> 4;
    }
}
