package coffer.store.rados.model;

/** What a single step of {@link RangeModel} can show to be wrong. */
enum Fault {
    NONE(0, ""),
    FORKED(1, "a commit succeeded on a row that is not the last one written"),
    OLD_READ(2, "a read returned what is older than what was acknowledged before it began"),
    WRONG_READ(3, "a read returned what is not the last one written"),
    SKIPPED(4, "a listing passed over a key"),
    NEEDED(5, "the cleaner met a leaf that is in use");

    private static final Fault[] CODES = values();

    final byte code;
    final String words;

    Fault(int code, String words) {
        this.code = (byte) code;
        this.words = words;
    }

    static Fault of(byte code) {
        for (Fault fault : CODES) {
            if (fault.code == code) {
                return fault;
            }
        }
        throw new IllegalArgumentException();
    }
}
