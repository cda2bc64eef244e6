package coffer.select.engine;

import coffer.api.CosError;
import coffer.select.InputFormat;
import coffer.select.InputFormat.Header;
import coffer.select.SelectInput;
import coffer.select.SelectOutput;
import coffer.select.SelectRequest;
import coffer.select.SelectRequest.Compression;
import coffer.select.SelectRequest.ScanRange;
import coffer.select.sql.Name;
import coffer.select.value.Absent;
import coffer.select.value.Untyped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The records of CSV. Not thread-safe. */
final class CsvRecords implements Records, Row {
    private final InputFormat.Csv format;
    private final SelectRequest request;
    private final Plan plan;
    private final SelectInput input;
    private final SelectOutput output;
    private List<String> names = List.of();
    private int[] columns = new int[0];
    private CsvReader reader;

    CsvRecords(InputFormat.Csv format, SelectRequest request, Plan plan, SelectInput input, SelectOutput output) {
        this.format = format;
        this.request = request;
        this.plan = plan;
        this.input = input;
        this.output = output;
        this.reader = readerFromBegin();
    }

    private CsvReader readerFromBegin() {
        Compression compression = request.compression();
        CsvReader begun = new CsvReader(format, ObjectStream.open(input, compression), compression, 0, output);
        begun.skipByteOrderMark();
        return begun;
    }

    @Override
    public void each(Taker taker) {
        long last = Long.MAX_VALUE;
        boolean isFromBegin = true;
        if (format.header() == Header.USE) {
            readNames();
        }
        if (request.range().isPresent()) {
            ScanRange range = request.range().get();
            long first = range.first(input.lengthBytes());
            last = range.last(input.lengthBytes());
            isFromBegin = first == 0;
            if (first > last) {
                return;
            }
            if (!isFromBegin) {
                startWithin(first);
            }
        }
        if (isFromBegin && format.header() == Header.IGNORE && !reader.next(0)) {
            return;
        }
        columns = plan.columns().stream().mapToInt(this::position).toArray();
        int wanted = plan.needsRecord() ? Integer.MAX_VALUE : most(columns) + 1;
        while (reader.next(wanted) && reader.recordOffset() <= last && taker.take(this)) {
            // what is wanted is taken
        }
    }

    private static int most(int[] positions) {
        int most = -1;
        for (int position : positions) {
            most = Math.max(most, position);
        }
        return most;
    }

    private void readNames() {
        if (!reader.next(Integer.MAX_VALUE)) {
            return;
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < reader.count(); i++) {
            found.add(field(i).text());
        }
        names = found;
    }

    /** A record counts if it begins at or behind a place: it begins behind a delimiter that ends at or behind it. */
    private void startWithin(long first) {
        long from = Math.max(0, first - format.recordDelimiter().length());
        reader = new CsvReader(format, new ObjectStream(input, from), Compression.NONE, from, output);
        reader.skipToRecord();
    }

    private int position(Name name) {
        int named = Fields.find(names, name);
        if (named >= 0) {
            return named;
        }
        return name.position()
                .orElseThrow(() -> CosError.MISSING_HEADERS.because(
                        format.header() == Header.USE
                                ? "The object has no field called " + name.text() + "."
                                : "There is no field called " + name.text()
                                        + ": fields are _1, _2 and so on, or have names if FileHeaderInfo is USE."));
    }

    private Untyped field(int index) {
        if (reader.isEscaped(index)) {
            byte[] plain = reader.unescaped(index);
            return new Untyped(plain, 0, plain.length);
        }
        return new Untyped(reader.buffer(), reader.start(index), reader.end(index));
    }

    @Override
    public Object column(int slot) {
        int index = columns[slot];
        return index < reader.count() ? field(index) : Absent.MISSING;
    }

    private String name(int index) {
        return index < names.size() ? names.get(index) : "_" + (index + 1);
    }

    @Override
    public Object record() {
        Map<String, Object> record = new LinkedHashMap<>();
        for (int i = 0; i < reader.count(); i++) {
            record.put(name(i), field(i));
        }
        return record;
    }

    @Override
    public void writeAll(RowWriter writer) {
        for (int i = 0; i < reader.count(); i++) {
            writer.field(name(i), field(i));
        }
    }

    @Override
    public void check() {
        output.check();
    }
}
