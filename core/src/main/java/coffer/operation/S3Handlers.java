package coffer.operation;

import coffer.request.Handler;
import coffer.s3.S3BucketNames;
import coffer.s3.S3ListBuckets;
import java.util.Map;

/** What answers S3 clients where their documents differ from those of COS. */
final class S3Handlers {
    private S3Handlers() {}

    static Map<Operation, Handler> of(Services services, S3BucketNames names) {
        return Map.of(Operation.LIST_BUCKETS, new S3ListBuckets(services.buckets()));
    }
}
