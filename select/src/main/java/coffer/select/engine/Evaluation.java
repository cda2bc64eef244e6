package coffer.select.engine;

/** How the value of an expression is found. */
interface Evaluation {
    Object of(Row row);
}
