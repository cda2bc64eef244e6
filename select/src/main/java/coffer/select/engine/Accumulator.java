package coffer.select.engine;

import coffer.select.sql.Expression.Kind;
import coffer.select.value.Absent;
import coffer.select.value.Comparison;
import coffer.select.value.Untyped;
import coffer.select.value.Values;
import java.util.Optional;

/** A function of all records, fed with one after another. Not thread-safe. */
final class Accumulator {
    private final Kind kind;
    private final Optional<Evaluation> operand;
    private long count;
    private Object total = 0L;
    private Object best = Absent.NULL;

    /** The best of what are fields of CSV, as texts, in case one of them is no number. */
    private Object bestText = Absent.NULL;

    private boolean textual;

    /** @param operand empty to count records */
    Accumulator(Kind kind, Optional<Evaluation> operand) {
        this.kind = kind;
        this.operand = operand;
    }

    void add(Row row) {
        if (operand.isEmpty()) {
            count++;
            return;
        }
        Object value = operand.get().of(row);
        if (Values.isAbsent(value)) {
            return;
        }
        count++;
        switch (kind) {
            case SUM, AVG -> total = Values.compute('+', total, value);
            case MIN, MAX -> keepBest(value);
            case COUNT -> {}
        }
    }

    private void keepBest(Object value) {
        if (value instanceof Untyped field) {
            bestText = better(bestText, field.text());
            if (!textual) {
                Optional<Object> number = field.number();
                textual = number.isEmpty();
                best = textual ? Absent.NULL : better(best, number.get());
            }
        } else {
            best = better(best, value);
        }
    }

    private Object better(Object known, Object value) {
        if (Values.isAbsent(known)) {
            return value;
        }
        int order = Comparison.compare(value, known);
        return kind == Kind.MIN ? (order < 0 ? value : known) : (order > 0 ? value : known);
    }

    /** What the records so far come to. */
    Object result() {
        return switch (kind) {
            case COUNT -> count;
            case SUM -> count == 0 ? Absent.NULL : total;
            case AVG -> count == 0 ? Absent.NULL : average();
            case MIN, MAX -> textual ? bestText : best;
        };
    }

    private Object average() {
        return total instanceof Double sum ? (Object) (sum / count) : Values.compute('/', Values.decimal(total), count);
    }
}
