package coffer.conformance.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.BasicSessionCredentials;
import com.tencentcloudapi.common.Credential;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.common.profile.HttpProfile;
import com.tencentcloudapi.sts.v20180813.StsClient;
import com.tencentcloudapi.sts.v20180813.models.AssumeRoleRequest;
import com.tencentcloudapi.sts.v20180813.models.Credentials;
import com.tencentcloudapi.sts.v20180813.models.GetCallerIdentityRequest;
import com.tencentcloudapi.sts.v20180813.models.GetCallerIdentityResponse;
import com.tencentcloudapi.sts.v20180813.models.GetFederationTokenRequest;
import java.net.URLEncoder;
import org.junit.jupiter.api.function.Executable;

/**
 * The STS client of the SDK of the cloud, which keeps the name of the real service and takes the server for its proxy.
 *
 * @param server where it calls
 */
record CloudSts(CofferProcess server) {
    private StsClient client(Credential key, String signature) {
        HttpProfile http = new HttpProfile();
        http.setProtocol(HttpProfile.REQ_HTTP);
        http.setProxyHost(server.address().getHostString());
        http.setProxyPort(server.address().getPort());
        return new StsClient(key, Account.REGION, new ClientProfile(signature, http));
    }

    private static Credential credential(AdminApi.Key key) {
        return new Credential(key.secretId(), key.secretKey());
    }

    /** A temporary key of a key's owner, for half an hour. */
    Credentials federation(AdminApi.Key key, String policy) throws TencentCloudSDKException {
        return federation(key, policy, 1800, ClientProfile.SIGN_TC3_256);
    }

    /** As above, with a time and one of the ways to sign. */
    Credentials federation(AdminApi.Key key, String policy, long seconds, String signature)
            throws TencentCloudSDKException {
        GetFederationTokenRequest request = new GetFederationTokenRequest();
        request.setName("conformance");
        request.setPolicy(URLEncoder.encode(policy, UTF_8));
        request.setDurationSeconds(seconds);
        return client(credential(key), signature).GetFederationToken(request).getCredentials();
    }

    /** A temporary key of a role with all that it may do. */
    Credentials role(AdminApi.Key key, String arn) throws TencentCloudSDKException {
        AssumeRoleRequest request = new AssumeRoleRequest();
        request.setRoleArn(arn);
        request.setRoleSessionName("nightly");
        return client(credential(key), ClientProfile.SIGN_TC3_256)
                .AssumeRole(request)
                .getCredentials();
    }

    /** Who somebody with a temporary key is. */
    GetCallerIdentityResponse identity(Credentials keys) throws TencentCloudSDKException {
        Credential key = new Credential(keys.getTmpSecretId(), keys.getTmpSecretKey(), keys.getToken());
        return client(key, ClientProfile.SIGN_TC3_256).GetCallerIdentity(new GetCallerIdentityRequest());
    }

    /** A client of the COS API with a temporary key. The caller shuts it down. */
    COSClient cos(Credentials keys) {
        return JavaSdk.client(
                server, new BasicSessionCredentials(keys.getTmpSecretId(), keys.getTmpSecretKey(), keys.getToken()));
    }

    /** Runs a call that must be refused with this code. */
    static void assertRefused(String code, Executable call) {
        TencentCloudSDKException refused = assertThrows(TencentCloudSDKException.class, call);
        assertThat(refused.getErrorCode()).as(refused.getMessage()).isEqualTo(code);
        assertThat(refused.getRequestId()).isNotBlank();
    }
}
