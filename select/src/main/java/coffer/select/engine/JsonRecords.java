package coffer.select.engine;

import coffer.api.CosError;
import coffer.select.InputFormat;
import coffer.select.SelectInput;
import coffer.select.SelectOutput;
import coffer.select.SelectRequest;
import coffer.select.SelectRequest.ScanRange;
import coffer.select.sql.Expression.Each;
import coffer.select.sql.Expression.Field;
import coffer.select.sql.Expression.Index;
import coffer.select.sql.Expression.Step;
import coffer.select.sql.Name;
import coffer.select.value.Absent;
import coffer.select.value.NumberText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;

/**
 * The records of JSON, found while it is read: of a document of any size only one record at a time is in memory, and of
 * that only the fields that the query looks at. Not thread-safe.
 */
final class JsonRecords implements Records, Row {
    private static final int MAX_DEPTH = 200;
    private static final int BUFFER_BYTES = 128 * 1024;

    /** How many tokens there are between two looks at whether to go on. */
    private static final int LOOK_TOKENS = 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(Bytes.MAX_RECORD_BYTES)
                    .maxNameLength(Bytes.MAX_RECORD_BYTES)
                    .build())
            .build();

    private final InputFormat.Json format;
    private final SelectRequest request;
    private final Plan plan;
    private final SelectInput input;
    private final SelectOutput output;
    private Object record = Absent.MISSING;
    private long recordFirst;
    private int tokens;

    JsonRecords(InputFormat.Json format, SelectRequest request, Plan plan, SelectInput input, SelectOutput output) {
        this.format = format;
        this.request = request;
        this.plan = plan;
        this.input = input;
        this.output = output;
    }

    @Override
    public void each(Taker taker) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), stream())) {
            while (next(parser) != null && walk(parser, 0, taker)) {
                output.processed(offset(parser));
            }
            output.processed(offset(parser));
        } catch (StreamConstraintsException e) {
            throw CosError.OVER_MAX_RECORD_SIZE.because(
                    "The object has a value that is longer than 1 MB, or nests more than " + MAX_DEPTH
                            + " levels deep.");
        } catch (JacksonIOException e) {
            throw ObjectStream.failed(request.compression(), cause(e));
        } catch (JacksonException e) {
            throw CosError.JSON_PARSING_ERROR.because("The object is not JSON: " + e.getOriginalMessage() + ", at byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()) + ".");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static IOException cause(JacksonIOException e) {
        return Optional.ofNullable(e.getCause()).orElseGet(() -> new IOException(e));
    }

    private InputStream stream() throws IOException {
        if (request.range().isEmpty() || !format.lines()) {
            return new BufferedInputStream(ObjectStream.open(input, request.compression()), BUFFER_BYTES);
        }
        ScanRange range = request.range().get();
        long size = input.lengthBytes();
        return new BufferedInputStream(new LineRange(input, range.first(size), range.last(size)), BUFFER_BYTES);
    }

    private @Nullable JsonToken next(JsonParser parser) {
        if (++tokens % LOOK_TOKENS == 0) {
            output.check();
            output.processed(offset(parser));
        }
        return parser.nextToken();
    }

    private static long offset(JsonParser parser) {
        return Math.max(0, parser.currentLocation().getByteOffset());
    }

    /** Finds the records in the value that begins here, and reads to its end; whether more are wanted. */
    private boolean walk(JsonParser parser, int depth, Taker taker) {
        if (depth == plan.from().size()) {
            recordFirst = offset(parser);
            record = value(parser, true);
            return taker.take(this);
        }
        Step step = plan.from().get(depth);
        boolean isObject = parser.currentToken() == JsonToken.START_OBJECT;
        boolean isArray = parser.currentToken() == JsonToken.START_ARRAY;
        if (step instanceof Field(Name name) && isObject) {
            return field(parser, name, depth, taker);
        }
        if (step instanceof Index(int index) && isArray) {
            return elements(parser, index, depth, taker);
        }
        if (step instanceof Each && isArray) {
            return elements(parser, -1, depth, taker);
        }
        if (step instanceof Each) {
            return walk(parser, depth + 1, taker);
        }
        parser.skipChildren();
        return nothing(taker);
    }

    /** Where the path leads to nothing there is a record that has nothing. */
    private boolean nothing(Taker taker) {
        record = Absent.MISSING;
        return taker.take(this);
    }

    private boolean field(JsonParser parser, Name name, int depth, Taker taker) {
        boolean isFound = false;
        while (next(parser) == JsonToken.PROPERTY_NAME) {
            boolean isMeant = !isFound && name.matches(parser.currentName());
            next(parser);
            if (isMeant) {
                isFound = true;
                if (!walk(parser, depth + 1, taker)) {
                    return false;
                }
            } else {
                skip(parser);
            }
        }
        return isFound || nothing(taker);
    }

    /** @param index which of them; negative for all */
    private boolean elements(JsonParser parser, int index, int depth, Taker taker) {
        int at = 0;
        while (next(parser) != JsonToken.END_ARRAY) {
            if (index < 0 || at == index) {
                if (!walk(parser, depth + 1, taker)) {
                    return false;
                }
            } else {
                skip(parser);
            }
            at++;
        }
        return index < at || nothing(taker);
    }

    /** Reads to the end of the value that begins here, looking at whether to go on: it may be of any size. */
    private void skip(JsonParser parser) {
        int open = 0;
        JsonToken token = parser.currentToken();
        while (true) {
            if (token != null && token.isStructStart()) {
                open++;
            } else if (token != null && token.isStructEnd()) {
                open--;
            }
            if (open == 0) {
                return;
            }
            token = next(parser);
        }
    }

    /** Builds a value; of a record only the fields that are looked at. */
    private Object value(JsonParser parser, boolean isRecord) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> struct(parser, isRecord && !plan.needsRecord());
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (next(parser) != JsonToken.END_ARRAY) {
                    list.add(value(parser, false));
                    requireSize(parser);
                }
                yield list;
            }
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> Absent.NULL;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String text = parser.getString();
                yield NumberText.parse(text)
                        .orElseThrow(() -> CosError.JSON_PARSING_ERROR.because(
                                "The object has a number that is too long or too large."));
            }
            default -> parser.getString();
        };
    }

    private Map<String, Object> struct(JsonParser parser, boolean onlyColumns) {
        Map<String, Object> struct = new LinkedHashMap<>();
        while (next(parser) == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            next(parser);
            if (!onlyColumns || isColumn(name)) {
                struct.put(name, value(parser, false));
            } else {
                parser.skipChildren();
            }
            requireSize(parser);
        }
        return struct;
    }

    private boolean isColumn(String field) {
        for (Name name : plan.columns()) {
            if (name.matches(field)) {
                return true;
            }
        }
        return false;
    }

    private void requireSize(JsonParser parser) {
        if (offset(parser) - recordFirst > Bytes.MAX_RECORD_BYTES) {
            throw CosError.OVER_MAX_RECORD_SIZE.exception();
        }
    }

    @Override
    public Object column(int slot) {
        Name name = plan.columns().get(slot);
        if (record instanceof Map<?, ?> struct) {
            return Fields.find(struct, name);
        }
        return name.position().orElse(-1) == 0 ? record : Absent.MISSING;
    }

    @Override
    public Object record() {
        return record;
    }

    @Override
    public void writeAll(RowWriter writer) {
        if (record instanceof Map<?, ?> struct) {
            struct.forEach((name, value) -> writer.field(String.valueOf(name), value));
        } else {
            writer.field("_1", record);
        }
    }

    @Override
    public void check() {
        output.check();
    }
}
