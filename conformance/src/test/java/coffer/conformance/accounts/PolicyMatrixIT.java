package coffer.conformance.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.HeadBucketRequest;
import com.qcloud.cos.model.ListPartsRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ten users with different policies: what each may do, cell by cell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PolicyMatrixIT {
    /** A column for each request; {@code +} it is answered, {@code -} it is refused with 403. */
    private static final String MATRIX = """
            user         service list headBucket getA getB headA putA putB delA acl  parts
            full         +       +    +          +    +    +     +    +    +    +    +
            reader       +       +    +          +    +    +     -    -    -    +    +
            dataReader   -       -    -          +    +    +     -    -    -    -    -
            dataWriter   -       -    -          -    -    -     +    +    -    -    +
            dataFull     -       +    +          +    +    +     +    +    +    -    +
            nobody       -       -    -          -    -    -     -    -    -    -    -
            folder       -       -    -          +    -    -     +    -    -    -    -
            careful      +       +    +          +    +    +     +    +    -    +    +
            grouped      +       +    +          +    +    +     -    -    -    +    +
            elsewhere    -       -    -          -    -    -     -    -    -    -    -
            """;

    private static final List<List<String>> CELLS =
            MATRIX.lines().map(line -> List.of(line.strip().split(" +", -1))).toList();

    private AdminApi coffer;
    private String appId;
    private String bucket;
    private final Map<String, COSClient> clients = new LinkedHashMap<>();

    /** One cell. */
    record Cell(String user, String request, boolean allowed) {}

    static List<Cell> cells() {
        List<String> requests = CELLS.getFirst();
        return CELLS.stream()
                .skip(1)
                .flatMap(row -> IntStream.range(1, row.size())
                        .mapToObj(i -> new Cell(
                                row.getFirst(), requests.get(i), row.get(i).equals("+"))))
                .toList();
    }

    @BeforeAll
    void makeUsers() {
        coffer = AdminApi.start();
        appId = coffer.account("matrix");
        bucket = "m-" + appId;
        COSClient root = coffer.cos(coffer.rootKey(appId));
        root.createBucket(bucket);
        root.putObject(bucket, "a/k", "a");
        root.putObject(bucket, "b/k", "b");
        String anything = "\"action\":[\"*\"],\"resource\":[\"*\"]";
        coffer.policy(
                appId,
                "folder",
                ("{\"effect\":\"allow\",\"action\":[\"name/cos:GetObject\",\"name/cos:PutObject\"],"
                                + "\"resource\":[\"qcs::cos:ap-guangzhou:uid/%s:%s/a/*\"]}")
                        .formatted(appId, bucket));
        coffer.policy(
                appId, "no-deletes", "{\"effect\":\"deny\",\"action\":[\"name/cos:Delete*\"],\"resource\":[\"*\"]}");
        coffer.policy(
                appId,
                "elsewhere",
                "{\"effect\":\"allow\"," + anything + ",\"condition\":{\"ip_equal\":{\"qcs:ip\":[\"10.0.0.0/8\"]}}}");
        coffer.call("POST", "/accounts/" + appId + "/groups", "{\"name\":\"readers\"}");
        coffer.call("PUT", "/accounts/" + appId + "/groups/readers/policies/QcloudCOSReadOnlyAccess");
        user("full", "QcloudCOSFullAccess");
        user("reader", "QcloudCOSReadOnlyAccess");
        user("dataReader", "QcloudCOSDataReadOnly");
        user("dataWriter", "QcloudCOSDataWriteOnly");
        user("dataFull", "QcloudCOSDataFullControl");
        user("nobody");
        user("folder", "folder");
        user("careful", "QcloudCOSFullAccess", "no-deletes");
        user("grouped");
        user("elsewhere", "elsewhere");
        coffer.call("PUT", "/accounts/" + appId + "/users/grouped/groups/readers");
    }

    private void user(String name, String... policies) {
        coffer.user(appId, name);
        Arrays.stream(policies).forEach(policy -> coffer.attach(appId, name, policy));
        clients.put(name, coffer.cos(coffer.userKey(appId, name)));
    }

    @AfterAll
    void stop() {
        coffer.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void everyCellIsAsExpected(Cell cell) {
        COSClient cos = Objects.requireNonNull(clients.get(cell.user));
        int status = status(() -> send(cos, cell.request));
        // Parts of an upload that is not there are not found by whoever may ask for them.
        int answered = cell.request.equals("parts") ? 404 : 200;
        assertThat(status).isEqualTo(cell.allowed ? answered : 403);
    }

    private void send(COSClient cos, String request) {
        switch (request) {
            case "service" -> cos.listBuckets();
            case "list" -> cos.listObjects(bucket);
            case "headBucket" -> cos.headBucket(new HeadBucketRequest(bucket));
            case "getA" -> cos.getObject(bucket, "a/k").getObjectContent().abort();
            case "getB" -> cos.getObject(bucket, "b/k").getObjectContent().abort();
            case "headA" -> cos.getObjectMetadata(bucket, "a/k");
            case "putA" -> cos.putObject(bucket, "a/new", "x");
            case "putB" -> cos.putObject(bucket, "b/new", "x");
            case "delA" -> cos.deleteObject(bucket, "a/new");
            case "acl" -> cos.getBucketAcl(bucket);
            case "parts" -> cos.listParts(new ListPartsRequest(bucket, "a/k", "none"));
            default -> throw new IllegalArgumentException(request);
        }
    }

    /** What may throw anything. */
    private interface Call {
        void run() throws IOException;
    }

    private static int status(Call call) {
        try {
            call.run();
            return 200;
        } catch (CosServiceException e) {
            return e.getStatusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
