package coffer.conformance.script;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.auth.BasicSessionCredentials;
import com.qcloud.cos.auth.COSCredentials;
import com.qcloud.cos.http.HttpProtocol;
import com.qcloud.cos.region.Region;
import com.tencent.cloud.CosStsClient;
import com.tencent.cloud.Credentials;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.sts.v20180813.StsClient;
import com.tencentcloudapi.sts.v20180813.models.GetFederationTokenRequest;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * A program as it is written for the cloud: temporary keys by {@code cos-sts_api} and {@code tencentcloud-sdk-java}, by
 * https and with the names of the real services, used by {@code cos_api}. The properties that it is started with lead
 * it to the server. Prints a line of JSON for each case.
 */
final class JavaStsCases {
    private static final String APPID = System.getenv("COFFER_APPID");
    private static final String REGION = System.getenv("COFFER_REGION");
    private static final String ID = System.getenv("COFFER_SECRET_ID");
    private static final String KEY = System.getenv("COFFER_SECRET_KEY");
    private static final String BUCKET = "java-sts-" + APPID;
    private static final String[] ACTIONS = {"name/cos:PutObject", "name/cos:GetObject"};

    private JavaStsCases() {}

    private interface Case {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws IOException {
        COSClient owner = cos(new BasicCOSCredentials(ID, KEY));
        owner.createBucket(BUCKET);
        owner.putObject(BUCKET, "other/1", "not mine");
        run("cos-sts_api opens the prefix only", () -> {
            Credentials keys = CosStsClient.getCredential(new TreeMap<>(config())).credentials;
            opensItsPrefixOnly(new BasicSessionCredentials(keys.tmpSecretId, keys.tmpSecretKey, keys.sessionToken));
        });
        run("cos-sts_api at the address of the server", () -> {
            TreeMap<String, Object> config = new TreeMap<>(config());
            config.put("host", System.getenv("COFFER_ADDRESS") + "/-/sts");
            Credentials keys = CosStsClient.getCredential(config).credentials;
            opensItsPrefixOnly(new BasicSessionCredentials(keys.tmpSecretId, keys.tmpSecretKey, keys.sessionToken));
        });
        run("cos-sts_api hears why it is refused", () -> {
            TreeMap<String, Object> config = new TreeMap<>(config());
            config.put("secretKey", "wrong");
            assertThatThrownBy(() -> CosStsClient.getCredential(config))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("AuthFailure.SignatureFailure");
        });
        run("tencentcloud-sdk-java opens the prefix only", () -> {
            GetFederationTokenRequest request = new GetFederationTokenRequest();
            request.setName("cases");
            request.setPolicy("{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"" + ACTIONS[0]
                    + "\",\"" + ACTIONS[1] + "\"],\"resource\":[\"qcs::cos:" + REGION + ":uid/" + APPID + ":" + BUCKET
                    + "/allowed/*\"]}]}");
            var keys = new StsClient(new Credential(ID, KEY), REGION)
                    .GetFederationToken(request).getCredentials();
            opensItsPrefixOnly(
                    new BasicSessionCredentials(keys.getTmpSecretId(), keys.getTmpSecretKey(), keys.getToken()));
        });
        owner.shutdown();
    }

    private static Map<String, Object> config() {
        return Map.of(
                "secretId", ID,
                "secretKey", KEY,
                "durationSeconds", 1800,
                "bucket", BUCKET,
                "region", REGION,
                "allowPrefixes", new String[] {"allowed/*"},
                "allowActions", ACTIONS);
    }

    private static void opensItsPrefixOnly(COSCredentials keys) {
        COSClient cos = cos(keys);
        cos.putObject(BUCKET, "allowed/1", "mine");
        assertThat(cos.getObject(BUCKET, "allowed/1").getObjectMetadata().getContentLength())
                .isEqualTo(4);
        assertRefused(403, "AccessDenied", () -> cos.getObject(BUCKET, "other/1"));
        assertRefused(403, "AccessDenied", () -> cos.putObject(BUCKET, "other/2", "x"));
        assertRefused(403, "AccessDenied", () -> cos.deleteObject(BUCKET, "allowed/1"));
        assertRefused(403, "AccessDenied", () -> cos.listObjects(BUCKET));
        cos.shutdown();
    }

    /** Of the SDKs this one alone takes its proxy from its own options only. */
    private static COSClient cos(COSCredentials keys) {
        ClientConfig config = new ClientConfig(new Region(REGION));
        config.setHttpProtocol(HttpProtocol.https);
        config.setHttpProxyIp(System.getProperty("https.proxyHost"));
        config.setHttpProxyPort(Integer.parseInt(System.getProperty("https.proxyPort")));
        config.setMaxErrorRetry(0);
        return new COSClient(keys, config);
    }

    private static void run(String name, Case body) throws IOException {
        String message = "";
        try {
            body.run();
        } catch (Exception | AssertionError e) {
            message = e.toString();
        }
        System.out.println(new ObjectMapper()
                .writeValueAsString(Map.of("case", name, "ok", message.isEmpty(), "message", message)));
    }
}
