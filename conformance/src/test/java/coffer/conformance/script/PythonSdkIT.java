package coffer.conformance.script;

import coffer.conformance.CofferProcess;
import coffer.conformance.SharedCoffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The official Python SDK; the cases are in {@code src/test/python}. */
@ExtendWith(SharedCoffer.class)
class PythonSdkIT {
    @TestFactory
    Stream<DynamicTest> cases(CofferProcess server) {
        return Script.of("python")
                .install("python3", "-m", "venv", "venv")
                .install("venv/bin/pip", "install", "--quiet", "--requirement", "requirements.txt")
                .cases(server, "venv/bin/python", "main.py");
    }
}
