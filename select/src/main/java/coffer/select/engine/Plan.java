package coffer.select.engine;

import coffer.select.sql.Expression.Step;
import coffer.select.sql.Name;
import java.util.List;
import java.util.Optional;

/**
 * A query that can be run, once.
 *
 * @param from where in the object the records are
 * @param columns the fields that are looked at; their places are the slots of {@link Row#column}
 * @param needsRecord whether all of a record is looked at
 * @param items what is selected; empty for all that a record has
 * @param where which records count
 * @param accumulators functions of all records; if there are any, there is one row
 * @param limit how many rows there are at the most
 */
record Plan(
        List<Step> from,
        List<Name> columns,
        boolean needsRecord,
        List<Output> items,
        Optional<Evaluation> where,
        List<Accumulator> accumulators,
        long limit) {

    /** A column of the result. */
    record Output(String name, Evaluation evaluation) {}
}
