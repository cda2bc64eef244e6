package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coffer.store.rados.RadosOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StoreArgumentsTest {
    private static final Path FOLDER = Path.of("data");
    private static final String[] CEPH = {
        "--engine", "rados", "--ceph-conf", "ceph.conf", "--meta-pool", "meta", "--data-pool", "data"
    };

    @CommandLine.Command
    private static final class Command {
        @CommandLine.Mixin
        private StoreArguments store = new StoreArguments();
    }

    private static StoreConfig config(String[] some, String... more) {
        Command command = new Command();
        CommandLine line = new CommandLine(command);
        String[] all = new String[some.length + more.length];
        System.arraycopy(some, 0, all, 0, some.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        line.parseArgs(all);
        return command.store.config(FOLDER);
    }

    private static void assertRefused(String sentence, String... arguments) {
        assertThatIllegalArgumentException().isThrownBy(() -> config(arguments)).withMessageContaining(sentence);
    }

    @Test
    void theStoreIsInTheDataFolderUnlessSomethingElseIsSaid() {
        assertThat(config(new String[0])).isEqualTo(new StoreConfig.Local(FOLDER));
        assertThat(config(new String[0]).isShared()).isFalse();
    }

    @Test
    void aStoreOnCephHasAUserATimeoutAndNoNamespaceUnlessTheyAreSaid() {
        RadosOptions options = ((StoreConfig.Rados) config(CEPH)).options();
        assertThat(options.user()).isEqualTo("client.coffer");
        assertThat(options.configuration()).isEqualTo(Path.of("ceph.conf"));
        assertThat(options.namespace()).isEmpty();
        assertThat(options.timeout()).isEqualTo(Duration.ofSeconds(10));
        RadosOptions others = ((StoreConfig.Rados)
                        config(CEPH, "--ceph-user", "client.a", "--ceph-namespace", "n", "--ceph-timeout", "3s"))
                .options();
        assertThat(others.user()).isEqualTo("client.a");
        assertThat(others.namespace()).isEqualTo("n");
        assertThat(others.timeout()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedWithWhatToWrite() {
        assertRefused("--ceph-conf is for a store on Ceph: write --engine rados, too", "--ceph-conf", "ceph.conf");
        assertRefused("--data-pool is for a store on Ceph", "--engine", "local", "--data-pool", "data");
        assertRefused("A store on Ceph needs --ceph-conf FILE", "--engine", "rados");
        assertRefused(
                "A store on Ceph needs --meta-pool POOL (or COFFER_META_POOL)",
                "--engine",
                "rados",
                "--ceph-conf",
                "c");
        assertRefused("--engine must be local or rados, not 'ceph'", "--engine", "ceph");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(CEPH, "--ceph-timeout", "soon"))
                .withMessageContaining("such as 10s");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(CEPH, "--ceph-namespace", "a b"))
                .withMessageContaining("--ceph-namespace must be");
    }
}
