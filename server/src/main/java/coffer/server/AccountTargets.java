package coffer.server;

import coffer.cam.Cam;
import coffer.outbound.RemoteStore;
import coffer.outbound.Targets;
import coffer.outbound.Webhook;
import java.util.Optional;

/** The webhooks and stores that the administrator has named for accounts. */
record AccountTargets(Cam cam) implements Targets {
    @Override
    public Optional<Webhook> webhook(String appId, String name) {
        return cam.webhooks()
                .find(appId, name)
                .map(found ->
                        new Webhook(found.name(), found.url(), cam.webhooks().secret(found)));
    }

    @Override
    public Optional<RemoteStore> remote(String appId, String region) {
        return cam.remotes()
                .find(appId, region)
                .map(found -> new RemoteStore(
                        found.region(),
                        found.endpoint(),
                        RemoteStore.Dialect.valueOf(found.dialect().name()),
                        found.pathStyle(),
                        found.signingRegion(),
                        found.secretId(),
                        cam.remotes().secretKey(found)));
    }
}
