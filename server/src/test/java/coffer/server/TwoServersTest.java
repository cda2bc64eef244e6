package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.domain.DomainConfiguration;
import coffer.domain.DomainName;
import coffer.domain.DomainRule;
import coffer.encryption.MasterKeyException;
import coffer.identity.AccessKey;
import coffer.identity.Keyring;
import coffer.object.ObjectListing;
import coffer.object.VersionId;
import coffer.object.VersionListing;
import coffer.operation.Services;
import coffer.store.MetadataStore;
import coffer.store.memory.MemoryEngine;
import coffer.versioning.Versioning;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The services of two servers on one store. */
class TwoServersTest {
    private static final CofferConfig.Root MADE_UP = CofferConfig.Root.of(Map.of());

    @TempDir
    private Path folder;

    private final MemoryEngine memory = new MemoryEngine();

    private StoreFixture store() {
        return new StoreFixture(folder.resolve("store"), InstantSource.system());
    }

    private StoreFixture server(StoreFixture store, InstantSource clock) {
        return store.with(StoreFixture.services(store.engine(), folder, clock));
    }

    @Test
    void twoThatStartAtOnceAgreeOnARootAccount() {
        RootAccount[] faster = new RootAccount[1];
        AtomicBoolean isFirst = new AtomicBoolean(true);
        MetadataStore slow = before("commit", memory, () -> {
            if (isFirst.getAndSet(false)) {
                faster[0] = RootAccount.load(memory, MADE_UP, new Random(1));
            }
        });
        RootAccount slower = RootAccount.load(slow, MADE_UP, new Random(2));
        assertThat(slower.key()).isEqualTo(faster[0].key());
        assertThat(faster[0].isNew()).isTrue();
        assertThat(slower.isNew()).isFalse();
    }

    @Test
    void aRootKeyThatOneIsGivenIsThatOfBothAtOnce() {
        AccessKey old = RootAccount.load(memory, MADE_UP, new Random(1)).key();
        Keyring other = RootAccount.keyring(memory);
        assertThat(other.find(old.secretId(), Optional.empty())).contains(old);
        CofferConfig.Root given =
                CofferConfig.Root.of(Map.of("COFFER_SECRET_ID", "AKIDanother", "COFFER_SECRET_KEY", "another-secret"));
        AccessKey replaced = RootAccount.load(memory, given, new Random(2)).key();
        assertThat(other.find("AKIDanother", Optional.empty())).contains(replaced);
        assertThat(other.find(old.secretId(), Optional.empty())).isEmpty();
    }

    @Test
    void theSecondOneNeedsTheMasterKeysOfTheFirst() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        assertThat(ServerKeys.ofServer(memory, first, true, true)).isNotNull();
        assertThatThrownBy(() -> ServerKeys.ofServer(memory, second, false, true))
                .isInstanceOf(MasterKeyException.class)
                .hasMessageContaining("copy it from another server of the store");
        Files.copy(first, second);
        assertThat(ServerKeys.ofServer(memory, second, false, true)).isNotNull();
    }

    @Test
    void ofTwoThatMakeMasterKeysAtOnceOneIsToldToCopyThem() {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        AtomicBoolean isFirst = new AtomicBoolean(true);
        MetadataStore slow = before("commit", memory, () -> {
            if (isFirst.getAndSet(false)) {
                assertThat(ServerKeys.ofServer(memory, first, true, true)).isNotNull();
            }
        });
        assertThatThrownBy(() -> ServerKeys.ofServer(slow, second, true, true))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("copy its file of master keys to " + second);
        assertThat(second).doesNotExist();
    }

    /** Whatever their clocks say, the version that was written last is the current one. */
    @Test
    void aServerWhoseClockIsBehindWritesTheNewestVersion() {
        Instant now = Instant.parse("2026-02-02T08:00:00Z");
        try (StoreFixture store = store()) {
            writeInTurn(
                    server(store, InstantSource.fixed(now.plus(Duration.ofHours(1)))),
                    server(store, InstantSource.fixed(now)));
        }
    }

    private static void writeInTurn(StoreFixture ahead, StoreFixture behind) {
        Bucket made = ahead.bucket("b");
        behind.services().settings().put(made, Settings.VERSIONING, Versioning.ENABLED, BucketSettings.Rule.any());
        Bucket bucket = behind.services().buckets().find(made.name()).orElseThrow();
        for (int i = 1; i <= 6; i++) {
            (i % 2 == 0 ? behind : ahead).put(bucket, "k", new byte[i]);
            assertThat(size(ahead, bucket)).isEqualTo(i);
            assertThat(size(behind, bucket)).isEqualTo(i);
        }
        List<VersionId> ids = versions(behind, bucket);
        assertThat(ids).hasSize(6).doesNotHaveDuplicates();
    }

    private static long size(StoreFixture server, Bucket bucket) {
        return server.services()
                .objects()
                .find(bucket, "k")
                .orElseThrow()
                .version()
                .sizeBytes();
    }

    private static List<VersionId> versions(StoreFixture server, Bucket bucket) {
        ObjectListing.Selection all = new ObjectListing.Selection("", "", "", 1000);
        List<VersionId> ids = new ArrayList<>();
        for (VersionListing.Entry entry : server.services()
                .versionListing()
                .list(bucket, new VersionListing.Selection(all, ""))
                .entries()) {
            if (entry.kept() instanceof VersionListing.Kept.Version kept) {
                ids.add(kept.version().id());
            }
        }
        return ids;
    }

    @Test
    void aDomainThatIsSetAtOneLeadsToItsBucketAtTheOther() throws Exception {
        try (StoreFixture store = store()) {
            domains(
                    server(store, InstantSource.system()),
                    server(store, InstantSource.system()).services());
        }
    }

    private static void domains(StoreFixture first, Services there) throws Exception {
        Services here = first.services();
        here.domains().load();
        there.domains().load();
        Bucket bucket = first.bucket("b");
        DomainConfiguration domains = new DomainConfiguration(List.of(
                new DomainRule(true, new DomainName("www.example.com"), DomainRule.Type.WEBSITE, Optional.empty())));
        CosResponse _ = here.domains()
                .after(_ -> {
                    here.settings().put(bucket, Settings.DOMAIN, domains, BucketSettings.Rule.any());
                    return CosResponse.ok();
                })
                .handle(new RootRequest("PUT", bucket, "").request());
        assertThat(here.domains().website("www.example.com")).contains(bucket.name());
        there.domains().follow();
        assertThat(there.domains().website("www.example.com")).contains(bucket.name());
    }

    /** A store that lets something happen before each call of a method. */
    private static MetadataStore before(String method, MetadataStore store, Runnable deed) {
        return (MetadataStore) Proxy.newProxyInstance(
                TwoServersTest.class.getClassLoader(), new Class<?>[] {MetadataStore.class}, (_, called, arguments) -> {
                    if (called.getName().equals(method)) {
                        deed.run();
                    }
                    try {
                        return called.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
