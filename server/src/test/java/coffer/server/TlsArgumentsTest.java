package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TlsArgumentsTest {
    @Test
    void areOffUnlessGiven() {
        assertThat(read()).isEqualTo(CofferConfig.Tls.NONE);
        assertThat(read("--dev-tls=false")).isEqualTo(CofferConfig.Tls.NONE);
    }

    @Test
    void areRead() {
        assertThat(read("--dev-tls").dev()).isTrue();
        assertThat(read("--dev-tls", "--tls-listen", "127.0.0.1:9443").listen())
                .contains(CofferConfig.address("--tls-listen", "127.0.0.1:9443"));
        CofferConfig.Tls files = read("--tls-cert", "chain.pem", "--tls-key", "key.pem");
        assertThat(files.cert()).contains(Path.of("chain.pem"));
        assertThat(files.key()).contains(Path.of("key.pem"));
        assertThat(files.dev()).isFalse();
    }

    private static CofferConfig.Tls read(String... arguments) {
        TlsArguments tls = new TlsArguments();
        new CommandLine(tls).parseArgs(arguments);
        return tls.config();
    }
}
