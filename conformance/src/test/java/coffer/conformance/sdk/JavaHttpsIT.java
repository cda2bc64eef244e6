package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.http.HttpProtocol;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.region.Region;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The Java SDK by https, trusting the CA of the server as a program does that is started with its trust store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaHttpsIT {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("java-https-").resolve("data"), Map.of("COFFER_DEV_TLS", "true"));

    @BeforeAll
    void trust() {
        System.setProperty(TRUST_STORE, server.devCa("ca.jks").toString());
    }

    @AfterAll
    void stop() {
        System.clearProperty(TRUST_STORE);
        server.close();
    }

    @Test
    void throughTheServerAsItsProxyWithTheNamesOfCos() throws Exception {
        COSClient cos = new COSClient(new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY), proxied());
        storesAndFetches(TestBucket.create(server, cos, "java-proxy-1250000000"));
        cos.shutdown();
    }

    @Test
    void atItsAddress() throws Exception {
        ClientConfig config = JavaSdk.config(server);
        config.setHttpProtocol(HttpProtocol.https);
        COSClient cos = new COSClient(new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY), config);
        storesAndFetches(TestBucket.create(server, cos, "java-direct-1250000000"));
        cos.shutdown();
    }

    @Test
    void aPolicyMayAskForTls() {
        COSClient plain = JavaSdk.client(server);
        COSClient secure = new COSClient(new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY), proxied());
        TestBucket bucket = TestBucket.create(server, plain, "java-policy-1250000000");
        bucket.put("k", "text");
        plain.setBucketPolicy(bucket.name(), """
                {"version": "2.0", "Statement": [{"Effect": "Deny", "Principal": {"qcs": ["qcs::cam::anyone:anyone"]},
                  "Action": ["name/cos:GetObject"],
                  "Resource": ["qcs::cos:ap-guangzhou:uid/1250000000:java-policy-1250000000/*"],
                  "Condition": {"bool_equal": {"cos:secure-transport": "false"}}}]}
                """);
        assertThatThrownBy(() -> bucket.bytes("k"))
                .isInstanceOf(CosServiceException.class)
                .extracting(refused -> ((CosServiceException) refused).getErrorCode())
                .isEqualTo("AccessDenied");
        assertThat(new TestBucket(server, secure, bucket.name()).text("k")).isEqualTo("text");
        plain.shutdown();
        secure.shutdown();
    }

    @Test
    void whoDoesNotTrustTheCaSendsNothing() {
        System.clearProperty(TRUST_STORE);
        try {
            COSClient cos = new COSClient(new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY), proxied());
            assertThatThrownBy(cos::listBuckets)
                    .isInstanceOf(CosClientException.class)
                    .isNotInstanceOf(CosServiceException.class);
            cos.shutdown();
        } finally {
            trust();
        }
    }

    private ClientConfig proxied() {
        ClientConfig config = new ClientConfig(new Region(Account.REGION));
        config.setHttpProtocol(HttpProtocol.https);
        config.setHttpProxyIp(server.address().getHostString());
        config.setHttpProxyPort(server.address().getPort());
        config.setMaxErrorRetry(0);
        return config;
    }

    private static void storesAndFetches(TestBucket bucket) throws Exception {
        byte[] bytes = Scratch.bytes(3_000_000, 7);
        bucket.put("a b/旅行+%.bin", bytes);
        assertThat(bucket.bytes("a b/旅行+%.bin")).isEqualTo(bytes);
        GetObjectRequest range = new GetObjectRequest(bucket.name(), "a b/旅行+%.bin");
        range.setRange(1_000_000, 1_999_999);
        try (var object = bucket.cos().getObject(range)) {
            assertThat(object.getObjectContent().readAllBytes())
                    .isEqualTo(Arrays.copyOfRange(bytes, 1_000_000, 2_000_000));
        }
        assertThat(bucket.cos().listBuckets()).isNotEmpty();
    }
}
