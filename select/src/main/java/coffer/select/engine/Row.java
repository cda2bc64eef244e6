package coffer.select.engine;

/** One record of an object, valid until the next one is read. */
interface Row {
    /** The field that the query names in this place, see {@link Plan#columns}; {@code MISSING} if the record has none. */
    Object column(int slot);

    /** All of the record as a value. */
    Object record();

    /** Writes all fields of the record. */
    void writeAll(RowWriter writer);

    /** Throws if the query is to stop. */
    void check();
}
