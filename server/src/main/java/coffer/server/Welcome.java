package coffer.server;

import coffer.identity.AccessKey;
import java.net.InetSocketAddress;

/** What the first start prints: the root account, and how each SDK is pointed here. */
final class Welcome {
    private Welcome() {}

    /**
     * The text, ending in a line break. A secret that came from outside is not repeated: standard error may go to a
     * file.
     */
    static String text(AccessKey key, InetSocketAddress address, CofferConfig config) {
        boolean given = config.root().secretKey().isPresent();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : CofferConfig.host(address.getAddress().getHostAddress());
        return TEMPLATE.replace("%JAVA_KEY%", given ? "System.getenv(\"COFFER_SECRET_KEY\")" : "\"%KEY%\"")
                .replace("%NODE_KEY%", given ? "process.env.COFFER_SECRET_KEY" : "'%KEY%'")
                .replace("%PYTHON_KEY%", given ? "__import__('os').environ['COFFER_SECRET_KEY']" : "'%KEY%'")
                .replace("%SHELL_KEY%", given ? "..." : "%KEY%")
                .replace("%KEY%", given ? "as given in COFFER_SECRET_KEY" : key.secretKey())
                .replace("%APPID%", key.account().appId())
                .replace("%ID%", key.secretId())
                .replace("%HOST%", host)
                .replace("%PORT%", Integer.toString(address.getPort()))
                .replace("%KEYS%", config.masterKeyFile().toString())
                .replace("%REGION%", config.regions().getFirst());
    }

    private static final String TEMPLATE = """

            This is a new Coffer. Its root account:

              APPID      %APPID%
              SecretId   %ID%
              SecretKey  %KEY%
              Endpoint   http://%HOST%:%PORT%
              Region     %REGION%

            Objects that are encrypted open with the master keys in %KEYS%:
            keep a copy of that file apart from the data.

            The secret is not shown again. To replace it, start with COFFER_SECRET_ID and COFFER_SECRET_KEY set.
            For programs that take the account from the environment, as the README's examples do:

              export COFFER_APPID=%APPID% COFFER_SECRET_ID=%ID% COFFER_SECRET_KEY=%SHELL_KEY%

            Bucket names end in the APPID. The SDKs keep the host names of COS and are only told where to
            connect, so no name has to be resolved.

            Java (com.qcloud:cos_api)

              import com.qcloud.cos.*;
              import com.qcloud.cos.auth.*;
              import com.qcloud.cos.http.*;
              import com.qcloud.cos.region.*;

              ClientConfig config = new ClientConfig(new Region("%REGION%"));
              config.setHttpProtocol(HttpProtocol.http);
              config.setHttpProxyIp("%HOST%");
              config.setHttpProxyPort(%PORT%);
              COSClient cos = new COSClient(new BasicCOSCredentials("%ID%", %JAVA_KEY%), config);
              cos.createBucket("java-%APPID%");
              cos.putObject("java-%APPID%", "hello.txt", "Hello!");

            Node.js (cos-nodejs-sdk-v5)

              const COS = require('cos-nodejs-sdk-v5');
              const cos = new COS({
                SecretId: '%ID%', SecretKey: %NODE_KEY%,
                Protocol: 'http:', Proxy: 'http://%HOST%:%PORT%' });
              const object = { Bucket: 'node-%APPID%', Region: '%REGION%', Key: 'hello.txt' };
              cos.putBucket(object)
                .then(() => cos.putObject({ ...object, Body: 'Hello!' }))
                .then(console.log, console.error);

            Python (cos-python-sdk-v5)

              from qcloud_cos import CosConfig, CosS3Client
              cos = CosS3Client(CosConfig(
                  SecretId='%ID%', SecretKey=%PYTHON_KEY%, Region='%REGION%',
                  Scheme='http', Proxies={'http': 'http://%HOST%:%PORT%'}))
              cos.create_bucket(Bucket='python-%APPID%')
              cos.put_object(Bucket='python-%APPID%', Key='hello.txt', Body=b'Hello!')

            """;
}
