package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.sql.Expression;
import coffer.select.sql.Expression.Aggregate;
import coffer.select.sql.Expression.Arithmetic;
import coffer.select.sql.Expression.Between;
import coffer.select.sql.Expression.Call;
import coffer.select.sql.Expression.Case;
import coffer.select.sql.Expression.Cast;
import coffer.select.sql.Expression.Compare;
import coffer.select.sql.Expression.Each;
import coffer.select.sql.Expression.Field;
import coffer.select.sql.Expression.In;
import coffer.select.sql.Expression.Is;
import coffer.select.sql.Expression.Like;
import coffer.select.sql.Expression.Literal;
import coffer.select.sql.Expression.Logical;
import coffer.select.sql.Expression.Negate;
import coffer.select.sql.Expression.Not;
import coffer.select.sql.Expression.Path;
import coffer.select.sql.Expression.Step;
import coffer.select.sql.Name;
import coffer.select.sql.Select;
import coffer.select.value.Absent;
import coffer.select.value.Casts;
import coffer.select.value.Comparison;
import coffer.select.value.Timestamp;
import coffer.select.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of a query what can be run: names become places, operators become methods. */
final class Compiler {
    private final Select select;
    private final String table;
    private final Functions functions;
    private final List<Name> columns = new ArrayList<>();
    private final List<Accumulator> accumulators = new ArrayList<>();
    private boolean needsRecord;
    private boolean withinAggregate;
    private boolean aggregatesAllowed;
    private boolean plainColumns;

    private Compiler(Select select, String table, Timestamp now) {
        this.select = select;
        this.table = table;
        this.functions = new Functions(now);
    }

    /**
     * Compiles a query.
     *
     * @throws CosException {@code SQLParsingError} for what the grammar allows and no query means
     */
    static Plan compile(Select select, String table, Timestamp now) {
        return new Compiler(select, table, now).plan();
    }

    private Plan plan() {
        Optional<Evaluation> where = select.where().map(this::compile);
        plainColumns = false;
        aggregatesAllowed = true;
        List<Plan.Output> items = new ArrayList<>();
        for (Select.Item item : select.items()) {
            String name = item.name().orElseGet(() -> nameOf(item.expression(), items.size() + 1));
            items.add(new Plan.Output(name, compile(item.expression())));
        }
        if (plainColumns && !accumulators.isEmpty()) {
            throw CosError.SQL_PARSING_ERROR.because(
                    "The query selects fields beside aggregates; without groups that means nothing.");
        }
        return new Plan(
                from(),
                columns,
                needsRecord || items.isEmpty(),
                items,
                where,
                accumulators,
                select.limit().orElse(Long.MAX_VALUE));
    }

    /** The records are the elements of the table, whether or not that is written. */
    private List<Step> from() {
        List<Step> from = select.from();
        return !from.isEmpty() && from.getFirst() instanceof Each ? from.subList(1, from.size()) : from;
    }

    private static String nameOf(Expression expression, int position) {
        return expression instanceof Path(List<Step> steps) && steps.getLast() instanceof Field(Name name)
                ? name.text()
                : "_" + position;
    }

    private Evaluation compile(Expression expression) {
        return switch (expression) {
            case Literal(Object value) -> row -> value;
            case Path(List<Step> steps) -> path(steps);
            case Aggregate aggregate -> aggregate(aggregate);
            case Negate(Expression operand) -> {
                Evaluation inner = compile(operand);
                yield row -> {
                    Object value = inner.of(row);
                    return Values.isAbsent(value) ? value : Values.negate(value);
                };
            }
            case Not(Expression operand) -> {
                Evaluation inner = compile(operand);
                yield row -> not(inner.of(row));
            }
            case Logical(boolean isAnd, List<Expression> operands) -> logical(isAnd, compile(operands));
            case Arithmetic(char operator, Expression left, Expression right) ->
                arithmetic(operator, compile(left), compile(right));
            case Compare(String operator, Expression left, Expression right) ->
                compare(operator, compile(left), compile(right));
            case Between(Expression operand, Expression low, Expression high) -> {
                Evaluation inner = compile(operand);
                yield logical(true, List.of(compare(">=", inner, compile(low)), compare("<=", inner, compile(high))));
            }
            case In(Expression operand, List<Expression> list) -> {
                Evaluation inner = compile(operand);
                yield logical(
                        false,
                        compile(list).stream()
                                .map(element -> compare("=", inner, element))
                                .toList());
            }
            case Like like -> functions.like(like, this::compile);
            case Is(Expression operand, boolean missing) -> {
                Evaluation inner = compile(operand);
                yield missing ? row -> inner.of(row) == Absent.MISSING : row -> Values.isAbsent(inner.of(row));
            }
            case Cast cast -> {
                Evaluation inner = compile(cast.operand());
                yield row -> Casts.cast(inner.of(row), cast.type());
            }
            case Case cases -> cases(cases);
            case Call call -> functions.call(call, compile(call.arguments()));
        };
    }

    private List<Evaluation> compile(List<Expression> expressions) {
        return expressions.stream().map(this::compile).toList();
    }

    private Evaluation path(List<Step> written) {
        plainColumns |= !withinAggregate;
        List<Step> steps = isAlias(written.getFirst(), written.size()) ? written.subList(1, written.size()) : written;
        Evaluation root;
        if (!steps.isEmpty() && steps.getFirst() instanceof Field(Name name)) {
            int slot = slot(name);
            root = row -> row.column(slot);
            steps = steps.subList(1, steps.size());
        } else {
            needsRecord = true;
            root = Row::record;
        }
        for (Step step : steps) {
            Evaluation inner = root;
            root = row -> Fields.step(inner.of(row), step);
        }
        return root;
    }

    /** What records are called: the alias, else the last name behind FROM, else, before a point, the table itself. */
    private boolean isAlias(Step first, int steps) {
        if (!(first instanceof Field(Name name))) {
            return false;
        }
        if (select.alias().isPresent()) {
            return name.matches(select.alias().get());
        }
        boolean isLast = !select.from().isEmpty()
                && select.from().getLast() instanceof Field(Name last)
                && name.matches(last.text());
        return isLast || (steps > 1 && name.matches(table));
    }

    private int slot(Name name) {
        int known = columns.indexOf(name);
        if (known < 0) {
            columns.add(name);
        }
        return known < 0 ? columns.size() - 1 : known;
    }

    private Evaluation aggregate(Aggregate aggregate) {
        if (!aggregatesAllowed || withinAggregate) {
            throw CosError.SQL_PARSING_ERROR.because(
                    aggregate.kind() + " stands where there is only one record: it can be selected, no more.");
        }
        withinAggregate = true;
        Accumulator accumulator =
                new Accumulator(aggregate.kind(), aggregate.operand().map(this::compile));
        withinAggregate = false;
        accumulators.add(accumulator);
        return row -> accumulator.result();
    }

    private static Evaluation arithmetic(char operator, Evaluation left, Evaluation right) {
        return row -> {
            Object a = left.of(row);
            Object b = right.of(row);
            return Values.isAbsent(a) || Values.isAbsent(b) ? Values.absent(a, b) : Values.compute(operator, a, b);
        };
    }

    private static Evaluation compare(String operator, Evaluation left, Evaluation right) {
        return row -> Comparison.test(operator, left.of(row), right.of(row));
    }

    private static Object not(Object value) {
        return Values.isAbsent(value) ? value : !Conditions.truth(value);
    }

    /** With what is absent it may be decided or not: {@code FALSE AND NULL} is false, {@code TRUE AND NULL} is unknown. */
    private static Evaluation logical(boolean isAnd, List<Evaluation> operands) {
        Evaluation[] all = operands.toArray(Evaluation[]::new);
        return row -> {
            Object result = isAnd;
            for (Evaluation operand : all) {
                Object value = operand.of(row);
                if (Values.isAbsent(value)) {
                    result = Absent.NULL;
                } else if (Conditions.truth(value) != isAnd) {
                    return !isAnd;
                }
            }
            return result;
        };
    }

    private Evaluation cases(Case cases) {
        record Branch(Evaluation condition, Evaluation result) {}
        List<Branch> branches = cases.whens().stream()
                .map(when -> new Branch(compile(when.condition()), compile(when.result())))
                .toList();
        Evaluation otherwise = cases.otherwise().map(this::compile).orElse(row -> Absent.NULL);
        return row -> {
            for (Branch branch : branches) {
                if (Conditions.holds(branch.condition.of(row))) {
                    return branch.result.of(row);
                }
            }
            return otherwise.of(row);
        };
    }
}
