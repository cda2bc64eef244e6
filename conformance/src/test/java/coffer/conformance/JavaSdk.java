package coffer.conformance;

import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.auth.COSCredentials;
import com.qcloud.cos.endpoint.EndpointResolver;
import com.qcloud.cos.http.HttpProtocol;
import com.qcloud.cos.region.Region;

/** Clients of the official Java SDK that believe to talk to the real service and reach a server of ours. */
public final class JavaSdk {
    private JavaSdk() {}

    /** A client with the account's keys. The caller shuts it down. */
    public static COSClient client(CofferProcess server) {
        return client(server, new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY));
    }

    /** A client with other keys. The caller shuts it down. */
    public static COSClient client(CofferProcess server, COSCredentials credentials) {
        return new COSClient(credentials, config(server));
    }

    /** Names stay those of the real service; only the address is ours. A retry would hide a failure, so there is none. */
    public static ClientConfig config(CofferProcess server) {
        ClientConfig config = new ClientConfig(new Region(Account.REGION));
        config.setHttpProtocol(HttpProtocol.http);
        config.setEndpointResolver(new AddressOf(server));
        config.setMaxErrorRetry(0);
        // Else it would refuse by itself keys that a path could lose.
        config.setCheckRequestPath(false);
        return config;
    }

    private record AddressOf(CofferProcess server) implements EndpointResolver {
        @Override
        public String resolveGeneralApiEndpoint(String generalApiEndpoint) {
            return server.authority();
        }

        @Override
        public String resolveGetServiceApiEndpoint(String serviceApiEndpoint) {
            return server.authority();
        }
    }
}
