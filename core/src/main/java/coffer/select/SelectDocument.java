package coffer.select;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.request.Numbers;
import coffer.request.Protocol;
import coffer.request.Words;
import coffer.select.SelectRequest.Compression;
import coffer.select.SelectRequest.ScanRange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the document of a request. Source: COS API reference, "SELECT Object Content", its table of errors. */
final class SelectDocument {
    private static final int MAX_EXPRESSION_BYTES = 256 * 1024;
    private static final String NEW_LINE = "\n";

    private final Protocol protocol;
    private final Element root;

    private SelectDocument(Protocol protocol, Element root) {
        this.protocol = protocol;
        this.root = root;
    }

    /**
     * What a document asks for. Its root has two names: the SDK of COS for Java and those of S3 write the longer one.
     *
     * @throws CosException {@code InvalidXML}, {@code MissingExpectedExpression}, {@code MissingRequiredParameter},
     *     {@code InvalidRequestParameter} and those that name an element
     */
    static SelectRequest read(Protocol protocol, Element root) {
        if (!root.name().equals("SelectRequest") && !root.name().equals("SelectObjectContentRequest")) {
            throw CosError.INVALID_XML.because(
                    "The document must be a SelectRequest or a SelectObjectContentRequest, not a " + root.name() + ".");
        }
        return new SelectDocument(protocol, root).request();
    }

    private SelectRequest request() {
        String expression = root.childText("Expression")
                .filter(text -> !text.isEmpty())
                .orElseThrow(CosError.MISSING_EXPECTED_EXPRESSION::exception);
        if (expression.getBytes(StandardCharsets.UTF_8).length > MAX_EXPRESSION_BYTES) {
            throw CosError.EXPRESSION_TOO_LONG.exception();
        }
        String type = root.childText("ExpressionType")
                .orElseThrow(
                        () -> CosError.MISSING_REQUIRED_PARAMETER.because("ExpressionType must be there, as SQL."));
        if (!type.equalsIgnoreCase("SQL")) {
            throw CosError.INVALID_EXPRESSION_TYPE.exception();
        }
        Element input = root.child("InputSerialization").orElseThrow(CosError.MISSING_INPUT_SERIALIZATION::exception);
        Element output =
                root.child("OutputSerialization").orElseThrow(CosError.MISSING_OUTPUT_SERIALIZATION::exception);
        SelectRequest request = new SelectRequest(
                protocol,
                expression,
                compression(input),
                input(input),
                output(output),
                root.child("RequestProgress")
                        .flatMap(progress -> progress.childText("Enabled"))
                        .filter(text -> flag("Enabled", text))
                        .isPresent(),
                root.child("ScanRange").map(SelectDocument::range));
        refuseCombinations(request);
        return request;
    }

    private static void refuseCombinations(SelectRequest request) {
        boolean isWhole = request.compression() == Compression.NONE;
        if (!isWhole && request.input() instanceof InputFormat.Parquet) {
            throw CosError.INVALID_COMPRESSION_FORMAT.because(
                    "Parquet is compressed inside: CompressionType must be NONE.");
        }
        if (request.range().isEmpty()) {
            return;
        }
        boolean canBegin = switch (request.input()) {
            case InputFormat.Csv csv -> !csv.quotedRecordDelimiters();
            case InputFormat.Json json -> json.lines();
            case InputFormat.Parquet _ -> false;
        };
        if (!isWhole || !canBegin) {
            throw CosError.INVALID_REQUEST_PARAMETER.because("ScanRange is for CSV without AllowQuotedRecordDelimiter"
                    + " and for JSON of type LINES, both without compression.");
        }
    }

    private static Compression compression(Element input) {
        return input.childText("CompressionType")
                .filter(text -> !text.isEmpty())
                .map(text -> word(text, Compression.class, CosError.INVALID_COMPRESSION_FORMAT))
                .orElse(Compression.NONE);
    }

    private InputFormat input(Element input) {
        Optional<Element> csv = input.child("CSV");
        Optional<Element> json = input.child("JSON");
        Optional<Element> parquet = input.child("Parquet").or(() -> input.child("PARQUET"));
        if (csv.stream().count() + json.stream().count() + parquet.stream().count() != 1) {
            throw CosError.MISSING_INPUT_FORMAT.exception();
        }
        if (csv.isPresent()) {
            return csv(csv.get());
        }
        return json.<InputFormat>map(SelectDocument::json).orElseGet(InputFormat.Parquet::new);
    }

    private InputFormat csv(Element csv) {
        InputFormat.Header header = csv.childText("FileHeaderInfo")
                .filter(text -> !text.isEmpty())
                .map(text -> word(text, InputFormat.Header.class, CosError.INVALID_FILE_HEADER_INFO))
                .orElse(InputFormat.Header.NONE);
        Optional<Character> quote =
                csv.child("QuoteCharacter").isPresent() ? character(csv, "QuoteCharacter") : Optional.of('"');
        // Only COS has lines of comments unless it is told otherwise.
        Optional<Character> comment =
                character(csv, "Comments").or(() -> protocol == Protocol.COS ? Optional.of('#') : Optional.empty());
        InputFormat.Csv format = new InputFormat.Csv(
                header,
                recordDelimiter(csv),
                character(csv, "FieldDelimiter").orElse(','),
                quote,
                character(csv, "QuoteEscapeCharacter").orElse('"'),
                comment,
                csv.childText("AllowQuotedRecordDelimiter")
                        .filter(text -> !text.isEmpty() && flag("AllowQuotedRecordDelimiter", text))
                        .isPresent());
        refuseSame(format.fieldDelimiter(), format.recordDelimiter());
        return format;
    }

    private static void refuseSame(char fieldDelimiter, String recordDelimiter) {
        if (recordDelimiter.indexOf(fieldDelimiter) >= 0) {
            throw CosError.INVALID_REQUEST_PARAMETER.because("FieldDelimiter and RecordDelimiter must differ.");
        }
    }

    private static InputFormat json(Element json) {
        String type = json.childText("Type").orElseThrow(CosError.INVALID_JSON_TYPE::exception);
        if (!type.equalsIgnoreCase("LINES") && !type.equalsIgnoreCase("DOCUMENT")) {
            throw CosError.INVALID_JSON_TYPE.exception();
        }
        return new InputFormat.Json(type.equalsIgnoreCase("LINES"));
    }

    private static OutputFormat output(Element output) {
        Optional<Element> csv = output.child("CSV");
        Optional<Element> json = output.child("JSON");
        if (csv.isPresent() == json.isPresent()) {
            throw CosError.MISSING_OUTPUT_FORMAT.exception();
        }
        return csv.map(SelectDocument::csvOutput)
                .orElseGet(() -> new OutputFormat.Json(recordDelimiter(json.orElseThrow())));
    }

    private static OutputFormat csvOutput(Element csv) {
        String quoteFields =
                csv.childText("QuoteFields").filter(text -> !text.isEmpty()).orElse("ASNEEDED");
        if (!quoteFields.equalsIgnoreCase("ASNEEDED") && !quoteFields.equalsIgnoreCase("ALWAYS")) {
            throw CosError.INVALID_QUOTE_FIELDS.exception();
        }
        return new OutputFormat.Csv(
                quoteFields.equalsIgnoreCase("ALWAYS"),
                recordDelimiter(csv),
                character(csv, "FieldDelimiter").orElse(','),
                character(csv, "QuoteCharacter").orElse('"'),
                character(csv, "QuoteEscapeCharacter").orElse('"'));
    }

    private static String recordDelimiter(Element format) {
        String delimiter = format.child("RecordDelimiter")
                .map(Element::content)
                .filter(text -> !text.isEmpty())
                .orElse(NEW_LINE);
        if (delimiter.getBytes(StandardCharsets.UTF_8).length > 2
                || delimiter.chars().anyMatch(c -> c > 127)) {
            throw CosError.INVALID_REQUEST_PARAMETER.because("RecordDelimiter must be one or two bytes of ASCII.");
        }
        return delimiter;
    }

    /** Blanks and tabs are characters, too: nothing is stripped. */
    private static Optional<Character> character(Element format, String name) {
        Optional<String> text = format.child(name).map(Element::content).filter(content -> !content.isEmpty());
        if (text.filter(content -> content.length() != 1 || content.charAt(0) > 127)
                .isPresent()) {
            throw CosError.INVALID_REQUEST_PARAMETER.because(name + " must be one byte of ASCII.");
        }
        return text.map(content -> content.charAt(0));
    }

    private static boolean flag(String name, String text) {
        try {
            return Words.either(name, text, "true", "false");
        } catch (CosException e) {
            throw CosError.INVALID_REQUEST_PARAMETER.because(e.message());
        }
    }

    private static <E extends Enum<E>> E word(String text, Class<E> words, CosError error) {
        try {
            return Words.constant("The value", text, words);
        } catch (CosException e) {
            throw error.because(e.message());
        }
    }

    private static ScanRange range(Element range) {
        ScanRange asked = new ScanRange(bound(range, "Start"), bound(range, "End"));
        boolean isEmpty = asked.start().isEmpty() && asked.end().isEmpty();
        if (isEmpty || asked.start().orElse(0L) > asked.end().orElse(Long.MAX_VALUE)) {
            throw CosError.INVALID_REQUEST_PARAMETER.because(
                    "ScanRange must have a Start or an End, and its Start must not be behind its End.");
        }
        return asked;
    }

    private static Optional<Long> bound(Element range, String name) {
        try {
            return range.childText(name).map(text -> Numbers.within(name, text, 0, Long.MAX_VALUE));
        } catch (CosException e) {
            throw CosError.INVALID_REQUEST_PARAMETER.because(e.message());
        }
    }
}
