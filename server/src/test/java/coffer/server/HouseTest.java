package coffer.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What ARCHITECTURE.md draws and CONTRIBUTING.md asks for, as far as it can be checked. */
class HouseTest {
    /** From the inside out: a package may use those before it, not those behind it. */
    private static final List<String> LAYERS = List.of(
            "rados",
            "store",
            "api",
            "checksum",
            "record",
            "address",
            "identity",
            "outbound",
            "event",
            "access",
            "request",
            "encryption",
            "cam",
            "tagging",
            "cors",
            "referer",
            "strict",
            "versioning",
            "lock",
            "restore",
            "lifecycle",
            "acceleration",
            "tiering",
            "inventory",
            "domain",
            "website",
            "notification",
            "replication",
            "accesslog",
            "origin",
            "signature",
            "awssignature",
            "sts",
            "form",
            "bucket",
            "background",
            "usage",
            "object",
            "multipart",
            "select",
            "s3",
            "fetch",
            "integrity",
            "remote",
            "importing",
            "migration",
            "pull",
            "housekeeping",
            "batch",
            "operation",
            "http",
            "certificate",
            "egress",
            "cli",
            "settings",
            "admin",
            "monitoring",
            "console",
            "server");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("coffer");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z]+(?:Test|IT|Contract))(?:\\.([a-z]\\w+))?`");
    private static final int MAX_LINES = 400;

    @Test
    void everyPackageHasItsPlace() {
        assertThat(CLASSES.stream()
                        .map(type -> type.getPackageName().split("\\.", -1)[1])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(LAYERS);
    }

    @Test
    void importsPointInwards() {
        for (int layer = 0; layer + 1 < LAYERS.size(); layer++) {
            String[] outer = LAYERS.subList(layer + 1, LAYERS.size()).stream()
                    .map(name -> "coffer." + name + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("coffer." + LAYERS.get(layer) + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(outer)
                    .check(CLASSES);
        }
    }

    @Test
    void httpKnowsRequestsAndAnswersButNoOperations() {
        String[] inner = LAYERS.subList(LAYERS.indexOf("api") + 1, LAYERS.indexOf("http")).stream()
                .map(name -> "coffer." + name + "..")
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage("coffer.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(inner)
                .check(CLASSES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.rocksdb.. in coffer.store.local..",
                "io.netty.. in coffer.http..",
                "dev.hardwood.. in coffer.select.engine..",
                "org.bouncycastle.. in coffer.certificate..",
                "org.apache.hc.. in coffer.egress..",
                "io.micrometer.. in coffer.monitoring..",
                "io.prometheus.. in coffer.monitoring..",
                "org.snakeyaml.. in coffer.settings.."
            })
    void oneLibraryOnePackage(String rule) {
        String[] words = rule.split(" in ", 2);
        noClasses()
                .that()
                .resideOutsideOfPackages(words[1])
                .should()
                .dependOnClassesThat()
                .resideInAPackage(words[0])
                .check(CLASSES);
    }

    /** Whatever a query may say: there is no way to a file or to a host. */
    @Test
    void theEngineOfSelectReachesNothing() {
        noClasses()
                .that()
                .resideInAnyPackage("coffer.select.sql..", "coffer.select.value..", "coffer.select.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "javax..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File|RandomAccessFile).*|java\\.lang\\.(Process.*|Runtime)")
                .check(CLASSES);
    }

    @Test
    void onlyTheProgramsReadTheClockOrPrint() {
        noClasses()
                .that()
                .resideOutsideOfPackages("coffer.server..", "coffer.cli..", "coffer.store.ceph..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Clock.class, "systemUTC")
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CLASSES);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl|Common|Misc)")
                .check(CLASSES);
    }

    @Test
    void filesAreShort() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            List<Path> sources = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(100);
            for (Path file : sources) {
                assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(MAX_LINES);
            }
        }
    }

    @Test
    void linksInDocumentsLeadSomewhere() throws IOException {
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            Stream<Path> files = Stream.concat(top, docs).filter(HouseTest::isDocument);
            for (Path file : files.toList()) {
                LINK.matcher(Files.readString(file))
                        .results()
                        .map(link -> link.group(1))
                        .filter(target -> !target.contains("://"))
                        .forEach(target -> assertThat(file.resolveSibling(target))
                                .as("%s in %s", target, file)
                                .exists());
            }
        }
    }

    @Test
    void testsNamedInDocumentsAreThere() throws IOException {
        Map<String, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().contains("/src/"))
                    .toList()) {
                sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
            }
        }
        try (Stream<Path> top = Files.list(ROOT);
                Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            for (Path file :
                    Stream.concat(top, docs).filter(HouseTest::isDocument).toList()) {
                TEST.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> assertThat(sources)
                                .as("%s in %s", found.group(), file)
                                .hasEntrySatisfying(
                                        found.group(1),
                                        source -> assertThat(source)
                                                .contains(
                                                        found.group(2) == null ? "" : "void " + found.group(2) + "(")));
            }
        }
    }

    private static boolean isDocument(Path file) {
        return file.toString().endsWith(".md");
    }
}
