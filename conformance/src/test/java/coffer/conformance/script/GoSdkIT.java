package coffer.conformance.script;

import coffer.conformance.CofferProcess;
import coffer.conformance.SharedCoffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official Go SDK; the cases are in {@code src/test/go}. */
@ExtendWith(SharedCoffer.class)
class GoSdkIT {
    @TestFactory
    Stream<DynamicTest> cases(CofferProcess server) {
        return Script.of("go").install("go", "build", "-o", "cases", ".").cases(server, "./cases");
    }
}
