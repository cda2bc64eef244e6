package coffer.select.engine;

import coffer.api.CosError;
import coffer.select.InputFormat;
import coffer.select.OutputFormat;
import coffer.select.SelectEngine;
import coffer.select.SelectInput;
import coffer.select.SelectOutput;
import coffer.select.SelectRequest;
import coffer.select.sql.Parser;
import coffer.select.value.Absent;
import coffer.select.value.Timestamp;
import java.time.Instant;
import java.util.concurrent.Semaphore;

/** Evaluates queries record by record, as the object is read. Thread-safe. */
public final class SqlEngine implements SelectEngine {
    /** How many records there are between two looks at whether to go on. */
    private static final int LOOK_RECORDS = 256;

    /** Pages of Parquet take much memory: queries on it run one after another. */
    private final Semaphore parquet = new Semaphore(1);

    @Override
    public Query prepare(SelectRequest request, Instant now) {
        Plan plan = Compiler.compile(
                Parser.parse(request.expression(), request.table()), request.table(), Timestamp.of(now));
        if (!(request.input() instanceof InputFormat.Json) && !plan.from().isEmpty()) {
            throw CosError.SQL_PARSING_ERROR.because("Only of JSON a part can stand behind FROM.");
        }
        return (input, output) -> run(request, plan, input, output);
    }

    private void run(SelectRequest request, Plan plan, SelectInput input, SelectOutput output) {
        if (plan.limit() == 0) {
            return;
        }
        RowWriter writer = switch (request.output()) {
            case OutputFormat.Csv csv -> new CsvRows(csv, output);
            case OutputFormat.Json json -> new JsonRows(json, output);
        };
        Records records = switch (request.input()) {
            case InputFormat.Csv csv -> new CsvRecords(csv, request, plan, input, output);
            case InputFormat.Json json -> new JsonRecords(json, request, plan, input, output);
            case InputFormat.Parquet _ -> new ParquetRecords(parquet, plan, input, output);
        };
        Rows rows = new Rows(plan, writer, output);
        records.each(rows);
        rows.end();
    }

    /** Takes records, and writes what the query makes of them. */
    private static final class Rows implements Records.Taker {
        private final Plan plan;
        private final RowWriter writer;
        private final SelectOutput output;
        private long written;
        private int seen;

        Rows(Plan plan, RowWriter writer, SelectOutput output) {
            this.plan = plan;
            this.writer = writer;
            this.output = output;
        }

        @Override
        public boolean take(Row row) {
            if (++seen % LOOK_RECORDS == 0) {
                output.check();
            }
            boolean counts = plan.where().isEmpty()
                    || Conditions.holds(plan.where().get().of(row));
            if (!counts) {
                return true;
            }
            if (!plan.accumulators().isEmpty()) {
                for (Accumulator accumulator : plan.accumulators()) {
                    accumulator.add(row);
                }
                return true;
            }
            if (plan.items().isEmpty()) {
                row.writeAll(writer);
                writer.end();
            } else {
                write(row);
            }
            return ++written < plan.limit();
        }

        private void write(Row row) {
            for (Plan.Output item : plan.items()) {
                writer.field(item.name(), item.evaluation().of(row));
            }
            writer.end();
        }

        /** After the last record. */
        void end() {
            if (!plan.accumulators().isEmpty()) {
                write(new NoRow(output));
            }
        }
    }

    /** What aggregates are written without. */
    private record NoRow(SelectOutput output) implements Row {
        @Override
        public Object column(int slot) {
            return Absent.MISSING;
        }

        @Override
        public Object record() {
            return Absent.MISSING;
        }

        @Override
        public void writeAll(RowWriter writer) {
            // nothing to be written
        }

        @Override
        public void check() {
            output.check();
        }
    }
}
