package coffer.cam;

import static coffer.cam.CamFixture.APP_ID;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Many change the same account at the same time; what it is afterwards must be what one after another could have made. */
class ConcurrentChangesTest {
    private static final int THREADS = 8;
    private static final int CHANGES = 60;
    private static final int NAMES = 4;

    private final Cam cam = new CamFixture().cam;
    private final Set<String> everMade = ConcurrentHashMap.newKeySet();

    static List<Long> seeds() {
        String given = System.getProperty("coffer.cam.seed");
        return given == null ? List.of(1L, 2L, 3L, 4L, 5L, 6L) : List.of(Long.valueOf(given));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void leaveNoNameTwiceNoThirdKeyAndNoKeyWithoutOwner(long seed) throws InterruptedException {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        Set<Throwable> failures = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            RandomGenerator random = new Random(seed * THREADS + i);
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    start.await();
                    for (int change = 0; change < CHANGES; change++) {
                        change(random);
                        check();
                    }
                } catch (Exception | AssertionError e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failures).isEmpty();
        check();
        List<UserInfo> users = cam.users().list(APP_ID);
        assertThat(users).extracting(UserInfo::name).doesNotHaveDuplicates();
        for (UserInfo user : users) {
            assertThat(cam.users().require(APP_ID, user.name())).isEqualTo(user);
            assertThat(user.groups())
                    .allMatch(group -> cam.groups().find(APP_ID, group).isPresent());
            assertThat(user.policies())
                    .allMatch(policy -> cam.policies().find(APP_ID, policy).isPresent());
        }
        for (String key : everMade) {
            boolean works = cam.keyring().find(key, Optional.empty()).isPresent();
            assertThat(works).isEqualTo(owners(users).contains(key));
        }
    }

    private Set<String> owners(List<UserInfo> users) {
        Set<String> listed = new HashSet<>(cam.accounts().require(APP_ID).keys());
        users.forEach(user -> listed.addAll(user.keys()));
        return listed;
    }

    private void change(RandomGenerator random) {
        String name = "n" + random.nextInt(NAMES);
        try {
            switch (random.nextInt(13)) {
                case 0, 1 -> cam.users().create(APP_ID, name);
                case 2 -> cam.users().delete(APP_ID, name);
                case 3, 4 ->
                    everMade.add(cam.keys().create(APP_ID, Optional.of(name)).secretId());
                case 5 ->
                    everMade.add(cam.keys().create(APP_ID, Optional.empty()).secretId());
                case 6 ->
                    everMade.stream().findAny().ifPresent(key -> cam.keys().delete(APP_ID, key));
                case 7 -> cam.groups().create(APP_ID, name);
                case 8 -> cam.groups().delete(APP_ID, name);
                case 9 -> cam.users().join(APP_ID, name, "n" + random.nextInt(NAMES));
                case 10 -> cam.policies().put(APP_ID, name, CamFixture.ALLOW_ALL);
                case 11 -> cam.policies().delete(APP_ID, name);
                default -> cam.users().attach(APP_ID, name, "n" + random.nextInt(NAMES));
            }
        } catch (CamException e) {
            assertThat(e.error()).isNotEqualTo(CamError.CONFLICT);
        }
    }

    /** What holds at any time. A name may be free and taken again while the list is read. */
    private void check() {
        List<UserInfo> users = cam.users().list(APP_ID);
        assertThat(users).extracting(UserInfo::uin).doesNotHaveDuplicates();
        assertThat(users).allMatch(user -> user.keys().size() <= 2);
        assertThat(cam.accounts().require(APP_ID).keys()).hasSizeLessThanOrEqualTo(2);
    }
}
