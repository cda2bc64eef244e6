package coffer.admin;

import coffer.cam.RemoteInfo;
import coffer.cam.Remotes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API does with remote stores. */
final class RemoteOperations {
    private RemoteOperations() {}

    /**
     * A remote store, without its secret key.
     *
     * @param dialect {@code cos} or {@code s3}
     * @param pathStyle whether requests name the bucket in the path, not before the host
     * @param created when the region was put first
     */
    record RemoteView(
            String region,
            String endpoint,
            String dialect,
            boolean pathStyle,
            String signingRegion,
            String secretId,
            Instant created) {
        static RemoteView of(RemoteInfo remote) {
            return new RemoteView(
                    remote.region(),
                    remote.endpoint().toString(),
                    remote.dialect().text(),
                    remote.pathStyle(),
                    remote.signingRegion(),
                    remote.secretId(),
                    remote.created());
        }
    }

    record RemoteList(List<RemoteView> remotes) {}

    /**
     * What a remote store is to be.
     *
     * @param dialect {@code cos} or {@code s3}
     * @param pathStyle if absent: true for s3, false for cos
     * @param signingRegion if absent: the region
     * @param secretKey never shown
     */
    record PutRemote(
            String endpoint,
            String dialect,
            Optional<Boolean> pathStyle,
            Optional<String> signingRegion,
            String secretId,
            String secretKey) {
        @Override
        public String toString() {
            return "PutRemote";
        }

        Remotes.Wanted wanted(String region) {
            RemoteInfo.Dialect spoken = RemoteInfo.Dialect.of(dialect)
                    .orElseThrow(() -> AdminException.invalid("The dialect of a remote store is cos or s3."));
            return new Remotes.Wanted(region, endpoint, spoken, pathStyle, signingRegion, secretId, secretKey);
        }
    }

    static RemoteList list(AdminServices services, AdminCall call) {
        String appId =
                services.cam().accounts().require(call.path("appId")).account().appId();
        return new RemoteList(services.cam().remotes().list(appId).stream()
                .map(RemoteView::of)
                .toList());
    }

    static RemoteView get(AdminServices services, AdminCall call) {
        return RemoteView.of(services.cam().remotes().require(call.path("appId"), call.path("region")));
    }

    static RemoteView put(AdminServices services, AdminCall call) {
        Remotes.Wanted wanted = call.body(PutRemote.class).wanted(call.path("region"));
        RemoteInfo remote = services.cam()
                .remotes()
                .put(call.path("appId"), wanted, services.services().regions());
        call.audit("endpoint", remote.endpoint().toString());
        call.audit("secretId", remote.secretId());
        return RemoteView.of(remote);
    }

    static AdminWork.None delete(AdminServices services, AdminCall call) {
        services.cam().remotes().delete(call.path("appId"), call.path("region"));
        return new AdminWork.None();
    }
}
