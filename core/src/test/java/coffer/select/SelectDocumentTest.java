package coffer.select;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.request.Protocol;
import coffer.select.SelectRequest.Compression;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectDocumentTest {
    private static final String QUERY =
            "<Expression>Select * from COSObject</Expression><ExpressionType>SQL</ExpressionType>";
    private static final String CSV = "<InputSerialization><CSV/></InputSerialization>";
    private static final String OUT = "<OutputSerialization><CSV/></OutputSerialization>";

    private static SelectRequest read(Protocol protocol, String root, String content) {
        String document = "<" + root + ">" + content + "</" + root + ">";
        return SelectDocument.read(protocol, Element.parse(document.getBytes(UTF_8)));
    }

    private static SelectRequest read(String content) {
        return read(Protocol.COS, "SelectRequest", content);
    }

    @Test
    void hasDefaults() {
        assertThat(read(QUERY + CSV + OUT))
                .isEqualTo(new SelectRequest(
                        Protocol.COS,
                        "Select * from COSObject",
                        Compression.NONE,
                        new InputFormat.Csv(
                                InputFormat.Header.NONE, "\n", ',', Optional.of('"'), '"', Optional.of('#'), false),
                        new OutputFormat.Csv(false, "\n", ',', '"', '"'),
                        false,
                        Optional.empty()));
        assertThat(read(Protocol.S3, "SelectObjectContentRequest", QUERY + CSV + OUT)
                        .input())
                .isInstanceOfSatisfying(
                        InputFormat.Csv.class, csv -> assertThat(csv.comment()).isEmpty());
    }

    @Test
    void readsAllThatCanBeSaid() {
        SelectRequest request = read(QUERY
                + "<InputSerialization><CompressionType>gzip</CompressionType><CSV><FileHeaderInfo>use</FileHeaderInfo>"
                + "<RecordDelimiter>&#13;&#10;</RecordDelimiter><FieldDelimiter>&#9;</FieldDelimiter>"
                + "<QuoteCharacter>'</QuoteCharacter><QuoteEscapeCharacter>\\</QuoteEscapeCharacter>"
                + "<AllowQuotedRecordDelimiter>TRUE</AllowQuotedRecordDelimiter><Comments>;</Comments></CSV>"
                + "</InputSerialization><OutputSerialization><JSON><RecordDelimiter>,</RecordDelimiter></JSON>"
                + "</OutputSerialization><RequestProgress><Enabled>TRUE</Enabled></RequestProgress>");
        assertThat(request.compression()).isEqualTo(Compression.GZIP);
        assertThat(request.input())
                .isEqualTo(new InputFormat.Csv(
                        InputFormat.Header.USE, "\r\n", '\t', Optional.of('\''), '\\', Optional.of(';'), true));
        assertThat(request.output()).isEqualTo(new OutputFormat.Json(","));
        assertThat(request.progress()).isTrue();
        assertThat(read(QUERY + "<InputSerialization><Parquet/></InputSerialization>" + OUT)
                        .input())
                .isEqualTo(new InputFormat.Parquet());
        assertThat(read(QUERY + CSV + OUT + "<ScanRange><Start>5</Start></ScanRange>")
                        .range())
                .contains(new SelectRequest.ScanRange(Optional.of(5L), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    <ExpressionType>SQL</ExpressionType>C O | MissingExpectedExpression
                    <Expression>x</Expression>C O | MissingRequiredParameter
                    <Expression>x</Expression><ExpressionType>XQuery</ExpressionType>C O | InvalidExpressionType
                    Q O | MissingInputSerialization
                    Q C | MissingOutputSerialization
                    Q <InputSerialization/> O | MissingInputFormat
                    Q <InputSerialization><CSV/><Parquet/></InputSerialization> O | MissingInputFormat
                    Q C <OutputSerialization/> | MissingOutputFormat
                    Q C <OutputSerialization><CSV/><JSON/></OutputSerialization> | MissingOutputFormat
                    Q C <OutputSerialization><CSV><QuoteFields>NEVER</QuoteFields></CSV></OutputSerialization> | InvalidQuoteFields
                    Q <InputSerialization><CompressionType>ZIP</CompressionType><CSV/></InputSerialization> O | InvalidCompressionFormat
                    Q <InputSerialization><CompressionType>GZIP</CompressionType><Parquet/></InputSerialization> O | InvalidCompressionFormat
                    Q <InputSerialization><CSV><FileHeaderInfo>MAYBE</FileHeaderInfo></CSV></InputSerialization> O | InvalidFileHeaderInfo
                    Q <InputSerialization><CSV><FieldDelimiter>ab</FieldDelimiter></CSV></InputSerialization> O | InvalidRequestParameter
                    Q <InputSerialization><CSV><FieldDelimiter>é</FieldDelimiter></CSV></InputSerialization> O | InvalidRequestParameter
                    Q <InputSerialization><CSV><RecordDelimiter>abc</RecordDelimiter></CSV></InputSerialization> O | InvalidRequestParameter
                    Q <InputSerialization><CSV><RecordDelimiter>,</RecordDelimiter></CSV></InputSerialization> O | InvalidRequestParameter
                    Q <InputSerialization><CSV><AllowQuotedRecordDelimiter>1</AllowQuotedRecordDelimiter></CSV></InputSerialization> O | InvalidRequestParameter
                    Q <InputSerialization><JSON/></InputSerialization> O | InvalidJsonType
                    Q <InputSerialization><JSON><Type>LIST</Type></JSON></InputSerialization> O | InvalidJsonType
                    Q C O <RequestProgress><Enabled>yes</Enabled></RequestProgress> | InvalidRequestParameter
                    Q C O <ScanRange/> | InvalidRequestParameter
                    Q C O <ScanRange><Start>9</Start><End>8</End></ScanRange> | InvalidRequestParameter
                    Q C O <ScanRange><Start>-1</Start></ScanRange> | InvalidRequestParameter
                    Q <InputSerialization><Parquet/></InputSerialization> O <ScanRange><Start>1</Start></ScanRange> | InvalidRequestParameter
                    """)
    void refusesWhatIsWrong(String content, String code) {
        String document =
                content.replace("Q ", QUERY).replaceFirst("C$|C ", CSV).replaceFirst("O$|O ", OUT);
        assertThatThrownBy(() -> read(document))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo(code));
    }

    @Test
    void refusesOtherDocumentsAndLongExpressions() {
        assertThatThrownBy(() -> read(Protocol.COS, "Select", QUERY + CSV + OUT))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo("InvalidXML"));
        String expression = "<Expression>" + "x".repeat(256 * 1024 + 1) + "</Expression>";
        assertThatThrownBy(() -> read(expression + "<ExpressionType>SQL</ExpressionType>" + CSV + OUT))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error().code()).isEqualTo("ExpressionTooLong"));
    }
}
