package coffer.select.sql;

import java.util.List;
import java.util.Optional;

/**
 * A query.
 *
 * @param items what is selected; empty for all that a record has
 * @param from where in the object the records are
 * @param alias what records are called
 * @param where which records count; empty for all
 * @param limit how many rows there are at the most
 */
public record Select(
        List<Item> items,
        List<Expression.Step> from,
        Optional<String> alias,
        Optional<Expression> where,
        Optional<Long> limit) {

    /** One column of the result. */
    public record Item(Expression expression, Optional<String> name) {}
}
