package coffer.select.engine;

/**
 * How the libraries that read Parquet are set, which they have no other way for. What is set from outside stays.
 */
final class ParquetSettings {
    /** Of a column, read and kept at once. */
    static final int PART_BYTES = 256 * 1024;

    /** Pages of a column that are decoded before they are asked for; a page may have some megabytes. */
    private static final int PAGES_AHEAD = 2;

    private ParquetSettings() {}

    static void apply() {
        set("hardwood.internal.sequentialChunkSize", Integer.toString(PART_BYTES));
        set("hardwood.internal.maxCoalescedBytes", Integer.toString(PART_BYTES));
        set("hardwood.internal.maxOutstanding", Integer.toString(PAGES_AHEAD));
        // Their native code would be unpacked into the folder for temporary files.
        set("org.xerial.snappy.purejava", "true");
        set("hardwood.uselibdeflate", "false");
    }

    private static void set(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
