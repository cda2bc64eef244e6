package coffer.conformance.script;

import coffer.conformance.CofferProcess;
import coffer.conformance.SharedCoffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official Node.js SDK; the cases are in {@code src/test/node}. */
@ExtendWith(SharedCoffer.class)
class NodeSdkIT {
    @TestFactory
    Stream<DynamicTest> cases(CofferProcess server) {
        return Script.of("node").install("npm", "ci").cases(server, "node", "main.js");
    }
}
