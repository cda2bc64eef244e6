package coffer.operation;

import coffer.bucket.BucketInventory;
import coffer.bucket.InventoryDialect;
import coffer.object.AccessControl.Question;
import coffer.request.Handler;
import java.util.Optional;

/** Handlers of the inventories of buckets, in the dialect of COS. */
final class InventoryHandlers {
    private InventoryHandlers() {}

    static BucketInventory of(Services services, InventoryDialect dialect) {
        return new BucketInventory(
                services.buckets(),
                services.inventories(),
                (request, bucket, key) -> services.access()
                        .requireObject(Question.of(request, "PutObject"), bucket, key, Optional.empty()),
                dialect);
    }

    private static BucketInventory ofCos(Services services) {
        return of(services, InventoryDialect.COS);
    }

    static Handler get(Services services) {
        return ofCos(services).get();
    }

    static Handler list(Services services) {
        return ofCos(services).list();
    }

    static Handler put(Services services) {
        return ofCos(services).put();
    }

    static Handler post(Services services) {
        return ofCos(services).post();
    }

    static Handler delete(Services services) {
        return ofCos(services).delete();
    }
}
