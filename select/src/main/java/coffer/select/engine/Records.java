package coffer.select.engine;

/** The records of an object. */
interface Records {
    /** Whoever takes the records; answers whether it wants more. */
    interface Taker {
        boolean take(Row row);
    }

    /** Reads the records one after another until there is no more or no more is wanted. */
    void each(Taker taker);
}
