package coffer.server;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the store is. */
final class StoreArguments {
    static final String LOCAL = "local";
    static final String RADOS = "rados";

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            defaultValue = "${env:COFFER_ENGINE:-" + LOCAL + "}",
            description =
                    "local keeps everything in the data folder; rados keeps it on a Ceph cluster, where any number of"
                            + " servers work on it at once (COFFER_ENGINE; default local).")
    private String engine = LOCAL;

    @Mixin
    private CephArguments ceph = new CephArguments();

    /**
     * What they say.
     *
     * @throws IllegalArgumentException with a sentence if they do not go together
     */
    StoreConfig config(Path dataDir) {
        return switch (engine) {
            case LOCAL -> {
                ceph.given().ifPresent(option -> {
                    throw new IllegalArgumentException(option + " is for a store on Ceph: write --engine rados, too (or"
                            + " COFFER_ENGINE=rados), or leave it out.");
                });
                yield new StoreConfig.Local(dataDir);
            }
            case RADOS -> new StoreConfig.Rados(dataDir, ceph.options(ServerStore::isRemembered));
            default -> throw new IllegalArgumentException("--engine must be local or rados, not '" + engine + "'.");
        };
    }
}
