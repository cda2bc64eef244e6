package coffer.select.engine;

import coffer.select.OutputFormat;
import coffer.select.SelectOutput;
import coffer.select.value.Absent;

/** Writes rows as JSON, an object each. Fields that are missing are left out. Not thread-safe. */
final class JsonRows implements RowWriter {
    private final String recordDelimiter;
    private final SelectOutput output;
    private final Bytes row = new Bytes();
    private boolean isFirst = true;

    JsonRows(OutputFormat.Json format, SelectOutput output) {
        this.recordDelimiter = format.recordDelimiter();
        this.output = output;
    }

    @Override
    public void field(String name, Object value) {
        if (value == Absent.MISSING) {
            return;
        }
        row.octet(isFirst ? '{' : ',');
        isFirst = false;
        JsonText.quote(row, name);
        row.octet(':');
        JsonText.write(row, value);
    }

    @Override
    public void end() {
        row.text(isFirst ? "{}" : "}");
        row.text(recordDelimiter);
        isFirst = true;
        row.moveTo(output);
    }
}
