package coffer.conformance;

import com.qcloud.cos.COSClient;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Hands tests the one server of a run, a client of it by the Java SDK of COS or that of AWS, or a {@link TestBucket} made
 * for this very test. The server starts when the first test asks and is killed when the run ends.
 */
public final class SharedCoffer implements ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SharedCoffer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == CofferProcess.class
                || type == COSClient.class
                || type == S3Client.class
                || type == TestBucket.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Running running =
                context.getRoot().getStore(NAMESPACE).computeIfAbsent(Running.class, type -> start(), Running.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == CofferProcess.class) {
            return running.server;
        }
        if (type == COSClient.class) {
            return running.cos;
        }
        if (type == S3Client.class) {
            return running.s3;
        }
        String test = context.getTestMethod().map(method -> method.getName()).orElseThrow();
        String name = Scratch.bucketName(test, context.getUniqueId() + parameter.getIndex());
        TestBucket bucket = TestBucket.create(running.server, running.cos, name);
        // An account has 200 buckets at most. Closed when the test ends.
        AutoCloseable removal = bucket::remove;
        context.getStore(NAMESPACE).put(name, removal);
        return bucket;
    }

    private static Running start() {
        CofferProcess server = CofferProcess.start(Scratch.directory("shared-").resolve("data"));
        return new Running(server, JavaSdk.client(server), S3Sdk.client(server));
    }

    private record Running(CofferProcess server, COSClient cos, S3Client s3) implements AutoCloseable {
        @Override
        public void close() {
            cos.shutdown();
            s3.close();
            server.close();
        }
    }
}
