package coffer.server;

import coffer.identity.AccessKey;
import java.net.InetSocketAddress;

/** What the first start prints: the root account, and how each SDK is pointed here. */
final class Welcome {
    private Welcome() {}

    static String text(AccessKey key, InetSocketAddress address, CofferConfig config) {
        String endpoint = CofferConfig.text(address);
        return TEMPLATE.replace("%APPID%", key.account().appId())
                .replace("%ID%", key.secretId())
                .replace("%KEY%", key.secretKey())
                .replace("%ENDPOINT%", endpoint)
                .replace("%HOST%", endpoint.substring(0, endpoint.lastIndexOf(':')))
                .replace("%PORT%", Integer.toString(address.getPort()))
                .replace("%REGION%", config.regions().getFirst());
    }

    private static final String TEMPLATE = """

            This is a new Coffer. Its root account, shown only this once:

              APPID      %APPID%
              SecretId   %ID%
              SecretKey  %KEY%
              Endpoint   http://%ENDPOINT%
              Region     %REGION%

            Bucket names end in the APPID, for instance demo-%APPID%.
            The SDKs keep the host names of COS and are told where to connect; nothing has to be resolved.

            Java (com.qcloud:cos_api)
              ClientConfig config = new ClientConfig(new Region("%REGION%"));
              config.setHttpProtocol(HttpProtocol.http);
              config.setHttpProxyIp("%HOST%");
              config.setHttpProxyPort(%PORT%);
              COSClient cos = new COSClient(new BasicCOSCredentials("%ID%", "%KEY%"), config);

            Node.js (cos-nodejs-sdk-v5)
              const COS = require('cos-nodejs-sdk-v5');
              const cos = new COS({ SecretId: '%ID%', SecretKey: '%KEY%',
                Protocol: 'http:', Ip: '%ENDPOINT%' });

            Python (cos-python-sdk-v5)
              from qcloud_cos import CosConfig, CosS3Client
              cos = CosS3Client(CosConfig(Region='%REGION%', SecretId='%ID%', SecretKey='%KEY%',
                Scheme='http', IP='%HOST%', Port=%PORT%))
            """;
}
