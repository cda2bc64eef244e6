package coffer.select.engine;

/** Writes a row of the result, field by field. */
interface RowWriter {
    void field(String name, Object value);

    /** Ends the row. */
    void end();
}
