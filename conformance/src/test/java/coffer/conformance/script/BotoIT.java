package coffer.conformance.script;

import coffer.conformance.CofferProcess;
import coffer.conformance.SharedCoffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** boto3, the SDK of AWS for Python; the cases are in {@code src/test/boto}. */
@ExtendWith(SharedCoffer.class)
class BotoIT {
    @TestFactory
    Stream<DynamicTest> cases(CofferProcess server) {
        return Script.of("boto")
                .install("python3", "-m", "venv", "venv")
                .install("venv/bin/pip", "install", "--quiet", "--requirement", "requirements.txt")
                .cases(server, "venv/bin/python", "main.py");
    }
}
