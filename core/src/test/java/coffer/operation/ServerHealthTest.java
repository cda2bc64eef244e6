package coffer.operation;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Trouble;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ServerHealthTest {
    @Test
    void isReadyBetweenItsStartAndItsEnd() {
        ServerHealth health = new ServerHealth(Optional::empty);
        assertThat(health.unready().orElseThrow().reason()).isEqualTo("starting");
        health.started();
        assertThat(health.unready()).isEmpty();
        health.closing();
        assertThat(health.unready().orElseThrow().reason()).isEqualTo("closing");
        assertThat(health.dead()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FULL", "READ_ONLY"})
    void isReadyForReadsThoughItCannotWrite(Trouble.Kind kind) {
        ServerHealth health = new ServerHealth(() -> Optional.of(new Trouble(kind, "Do this.")));
        health.started();
        assertThat(health.unready()).isEmpty();
        assertThat(health.dead()).isEmpty();
        assertThat(health.degraded().orElseThrow().message()).isEqualTo("Do this.");
    }

    @ParameterizedTest
    @CsvSource({"UNREACHABLE, unreachable, false", "BROKEN, broken, true"})
    void isStartedAgainOnlyIfThatHelps(Trouble.Kind kind, String reason, boolean dead) {
        ServerHealth health = new ServerHealth(() -> Optional.of(new Trouble(kind, "Do this.")));
        health.started();
        assertThat(health.unready()).contains(new ServerHealth.Finding(reason, "Do this."));
        assertThat(health.degraded()).isEmpty();
        assertThat(health.dead().isPresent()).isEqualTo(dead);
    }
}
