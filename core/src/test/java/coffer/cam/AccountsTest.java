package coffer.cam;

import static coffer.cam.CamFixture.APP_ID;
import static coffer.cam.CamFixture.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.identity.Account;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
    private final CamFixture fixture = new CamFixture();
    private final Cam cam = fixture.cam;
    private final Accounts accounts = cam.accounts();

    @Test
    void anAccountHasNumbersThatNoOtherHas() {
        AccountInfo made = accounts.create("second", Optional.empty());
        assertThat(made.account().appId()).matches("125[0-9]{7}");
        assertThat(made.account().uin()).matches("1000[0-9]{8}");
        assertThat(accounts.list()).extracting(AccountInfo::name).containsExactlyInAnyOrder("first", "second");
        assertThat(accounts.ofUin(made.account().uin())).contains(made);
        assertThat(made.quota()).isEqualTo(Quota.DEFAULT);
    }

    @Test
    void anAppIdIsTakenOnce() {
        assertThat(refusal(() -> accounts.create("again", Optional.of(APP_ID))))
                .isEqualTo(CamError.ENTITY_ALREADY_EXISTS);
        assertThat(accounts.require(APP_ID).name()).isEqualTo("first");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123456789", "1234", "12345678901234567", "12a45", ""})
    void anAppIdIsANumber(String appId) {
        assertThat(refusal(() -> accounts.create("x", Optional.of(appId)))).isEqualTo(CamError.INVALID_ARGUMENT);
    }

    @Test
    void namesAreShortLines() {
        assertThat(refusal(() -> accounts.create("a\nb", Optional.empty()))).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refusal(() -> accounts.rename(APP_ID, "x".repeat(129)))).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(accounts.rename(APP_ID, "Ünicode & Söhne").name()).isEqualTo("Ünicode & Söhne");
    }

    @Test
    void limitsAreKept() {
        Quota quota = new Quota(1, 2, 3);
        accounts.limit(APP_ID, quota);
        assertThat(accounts.require(APP_ID).quota()).isEqualTo(quota);
        assertThat(refusal(() -> new Quota(-1, 0, 0))).isEqualTo(CamError.INVALID_ARGUMENT);
        assertThat(refusal(() -> accounts.limit("99999", quota))).isEqualTo(CamError.NO_SUCH_ENTITY);
    }

    @Test
    void theFirstAccountIsTakenInOnce() {
        Account account = new Account("1250000009", "100000000009");
        AccountInfo adopted = accounts.adopt(account, "root");
        accounts.rename("1250000009", "renamed");
        assertThat(accounts.adopt(account, "root").name()).isEqualTo("renamed");
        assertThat(adopted.account()).isEqualTo(account);
        assertThat(accounts.ofUin("100000000009")).isPresent();
    }

    @Test
    void aDeletedAccountTakesAllWithIt() {
        String uin = accounts.require(APP_ID).account().uin();
        UserInfo user = cam.users().create(APP_ID, "ann");
        cam.groups().create(APP_ID, "g");
        cam.policies().put(APP_ID, "p", CamFixture.ALLOW_ALL);
        cam.roles().create(APP_ID, "r", List.of());
        cam.webhooks().create(APP_ID, "w", "https://example.com/", Optional.empty());
        cam.remotes().put(APP_ID, RemotesTest.MINIO, List.of());
        String rootKey = cam.keys().create(APP_ID, Optional.empty()).secretId();
        String userKey = cam.keys().create(APP_ID, Optional.of("ann")).secretId();
        accounts.delete(APP_ID, () -> false);
        assertThat(accounts.find(APP_ID)).isEmpty();
        assertThat(cam.keyring().find(rootKey, Optional.empty())).isEmpty();
        assertThat(cam.keyring().find(userKey, Optional.empty())).isEmpty();
        assertThat(accounts.ofUin(uin)).isEmpty();

        assertThat(fixture.stored('w') + fixture.stored('s')).isEmpty();

        accounts.create("again", Optional.of(APP_ID));
        assertThat(cam.webhooks().find(APP_ID, "w")).isEmpty();
        assertThat(cam.remotes().find(APP_ID, "minio")).isEmpty();
        assertThat(cam.users().list(APP_ID)).isEmpty();
        assertThat(cam.groups().list(APP_ID)).isEmpty();
        assertThat(cam.roles().list(APP_ID)).isEmpty();
        assertThat(cam.policies().list(APP_ID)).allMatch(policy -> Policies.isPreset(policy.name()));
        assertThat(cam.keyring().find(userKey, Optional.empty())).isEmpty();
        assertThat(accounts.ofUin(user.uin())).isEmpty();
        assertThat(cam.users().create(APP_ID, "ann").uin()).isNotEqualTo(user.uin());
    }

    @Test
    void anAccountWithBucketsStays() {
        assertThat(refusal(() -> accounts.delete(APP_ID, () -> true))).isEqualTo(CamError.DELETE_CONFLICT);
        assertThat(accounts.require(APP_ID).closing()).isFalse();
    }

    @Test
    void aBucketMadeMeanwhileKeepsTheAccount() {
        AtomicInteger asked = new AtomicInteger();
        BooleanSupplier madeAfterTheFirstLook = () -> {
            boolean second = asked.incrementAndGet() > 1;
            assertThat(accounts.require(APP_ID).closing()).isEqualTo(second);
            return second;
        };
        assertThat(refusal(() -> accounts.delete(APP_ID, madeAfterTheFirstLook)))
                .isEqualTo(CamError.DELETE_CONFLICT);
        assertThat(accounts.require(APP_ID).closing()).isFalse();
    }

    @Test
    void nothingIsMadeInAnAccountThatIsBeingDeleted() {
        AtomicInteger asked = new AtomicInteger();
        accounts.delete(APP_ID, () -> {
            if (asked.incrementAndGet() == 2) {
                assertThat(refusal(() -> cam.users().create(APP_ID, "late"))).isEqualTo(CamError.CONFLICT);
                assertThat(refusal(() -> cam.keys().create(APP_ID, Optional.empty())))
                        .isEqualTo(CamError.CONFLICT);
            }
            return false;
        });
        assertThat(accounts.find(APP_ID)).isEmpty();
    }

    /** By another process, after which a bucket may be made again; the deletion looked for buckets before that. */
    @Test
    void aDeletionThatWasCalledOffFails() {
        AtomicInteger asked = new AtomicInteger();
        assertThat(refusal(() -> accounts.delete(APP_ID, () -> {
                    if (asked.incrementAndGet() == 2) {
                        fixture.reopened().accounts().recover();
                    }
                    return false;
                })))
                .isEqualTo(CamError.CONFLICT);
        assertThat(accounts.require(APP_ID).closing()).isFalse();
    }

    @Test
    void aDeletionThatACrashInterruptedIsCalledOff() {
        AtomicInteger asked = new AtomicInteger();
        try {
            accounts.delete(APP_ID, () -> {
                if (asked.incrementAndGet() == 2) {
                    accounts.recover();
                    assertThat(accounts.require(APP_ID).closing()).isFalse();
                    throw new IllegalStateException("crash");
                }
                return false;
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("crash");
        }
        assertThat(cam.users().create(APP_ID, "ann").name()).isEqualTo("ann");
    }
}
