package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What holds for all policies and ACLs, tried on random ones; {@code -Dcoffer.access.seed=N} repeats a run. */
class AuthorizerPropertiesTest {
    private static final int ROUNDS = 10_000;
    private static final List<String> WHO = List.of(
            "*", "sub", "sub2", "role", "owner", "other", "othersub", "otherrole", "qcs::cam::uin/100000000099:uin/*");
    private static final List<String> ACTIONS = List.of(
            "GetObject",
            "HeadObject",
            "PutObject",
            "UploadPart",
            "PostObject",
            "PutObjectACL",
            "GetBucket",
            "PutBucketPolicy",
            "GetService",
            "PutBucket");
    private static final List<String> ACTION_PATTERNS = List.of(
            "*",
            "GetObject",
            "Get*",
            "Put*",
            "*Object",
            "UploadPart",
            "PostObject",
            "name/cos:*",
            "PutObjectAcl",
            "GetBucket,PutBucketPolicy",
            "GetService,PutBucket");
    private static final List<String> RESOURCES = List.of("*", "/*", "/", "/a", "/a/*", "/*b", "/b");
    private static final List<String> CONDITIONS = List.of(
            "",
            "",
            " if string_equal cos:prefix a",
            " if string_not_equal_if_exist cos:prefix a",
            " if ip_equal qcs:ip 10.0.0.0/8",
            " if null_equal cos:prefix true");
    private static final List<String> ACLS = List.of(
            "",
            "public-read",
            "authenticated-read",
            "read:sub",
            "full-control:other",
            "write:othersub",
            "read:all write:all");
    private static final Set<String> NEVER_LOCKED = Set.of("PutBucketPolicy", "GetBucketPolicy", "DeleteBucketPolicy");

    private final long seed = Long.getLong("coffer.access.seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Where a policy belongs. */
    private enum Place {
        BUCKET,
        IDENTITY,
        SESSION
    }

    /** Everything that says something about one request. */
    private final class Scene {
        private final Map<Place, List<String>> policies = new EnumMap<>(Place.class);
        private final String bucketAcl = any(ACLS);
        private final String objectAcl =
                random.nextInt(3) == 0 ? "missing" : any(ACLS).replace("write:", "read-acp:");
        private final String row = any(List.copyOf(AccessTable.PRINCIPALS.keySet())) + " " + any(ACTIONS) + " "
                + any(List.of("/", "/a", "/a/b", "/b", "-")) + any(List.of("", " cos:prefix=a", " cos:prefix=b"))
                + any(List.of("", " qcs:ip=10.0.0.1"));

        Scene() {
            for (Place place : Place.values()) {
                List<String> statements = statements(place);
                if (!statements.isEmpty()) {
                    policies.put(place, statements);
                }
            }
        }

        Decision decide() {
            Map<String, String> settings = new LinkedHashMap<>();
            policies.forEach((place, statements) -> settings.put(
                    switch (place) {
                        case BUCKET -> "bucket policy";
                        case IDENTITY -> "identity own";
                        case SESSION -> "session";
                    },
                    String.join(" ; ", statements)));
            settings.put("bucket acl", bucketAcl);
            settings.put("object acl", objectAcl);
            return new AccessTable.Row(0, row + " -> ?", settings).decide();
        }

        /** Adds a statement somewhere in a policy, but makes no session: that alone takes rights away. */
        Place add(Function<Place, String> statement) {
            Place place = any(
                    policies.containsKey(Place.SESSION)
                            ? List.of(Place.values())
                            : List.of(Place.BUCKET, Place.IDENTITY));
            List<String> policy = policies.computeIfAbsent(place, made -> new ArrayList<>());
            policy.add(random.nextInt(policy.size() + 1), statement.apply(place));
            return place;
        }

        /** Whether a policy that denies everything is about this request. */
        boolean isBoundBy(Place place) {
            String[] words = row.split(" ", 4);
            return switch (place) {
                case BUCKET -> !(words[0].equals("owner") && NEVER_LOCKED.contains(words[1]) && words[2].equals("/"));
                case IDENTITY -> !Set.of("anonymous", "owner", "other").contains(words[0]);
                case SESSION -> true;
            };
        }

        @Override
        public String toString() {
            return row + "\n " + policies + "\n " + bucketAcl + ", " + objectAcl + "\n seed: " + seed;
        }
    }

    @Test
    void noAllowOverridesADeny() {
        int allowed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Scene scene = new Scene();
            Decision before = scene.decide();
            allowed += before.isAllowed() ? 1 : 0;
            Place place = scene.add(to -> to == Place.BUCKET ? "deny * * *" : "deny * *");
            assertThat(scene.decide().isAllowed())
                    .as("%s\n%s", scene, before)
                    .isEqualTo(before.isAllowed() && !scene.isBoundBy(place));
        }
        assertThat(allowed).as("seed %d", seed).isGreaterThan(ROUNDS / 20);
    }

    @Test
    void anotherAllowNeverTakesAway() {
        for (int round = 0; round < ROUNDS; round++) {
            Scene scene = new Scene();
            Decision before = scene.decide();
            scene.add(place -> statement(place, "allow"));
            Decision after = scene.decide();
            assertThat(after.isAllowed() || !before.isAllowed())
                    .as("%s\n%s\n%s", scene, before, after)
                    .isTrue();
        }
    }

    @Test
    void anotherDenyNeverGives() {
        for (int round = 0; round < ROUNDS; round++) {
            Scene scene = new Scene();
            Decision before = scene.decide();
            scene.add(place -> statement(place, "deny"));
            Decision after = scene.decide();
            assertThat(before.isAllowed() || !after.isAllowed())
                    .as("%s\n%s\n%s", scene, before, after)
                    .isTrue();
        }
    }

    @Test
    void theOrderOfStatementsDoesNotMatter() {
        for (int round = 0; round < ROUNDS; round++) {
            Scene scene = new Scene();
            Decision before = scene.decide();
            scene.policies.values().forEach(policy -> Collections.shuffle(policy, random));
            assertThat(scene.decide().isAllowed()).as(scene.toString()).isEqualTo(before.isAllowed());
        }
    }

    private List<String> statements(Place place) {
        List<String> statements = new ArrayList<>();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            statements.add(statement(place, random.nextInt(4) == 0 ? "deny" : "allow"));
        }
        return statements;
    }

    private String statement(Place place, String effect) {
        return effect + " " + (place == Place.BUCKET ? any(WHO) + " " : "") + any(ACTION_PATTERNS) + " "
                + any(RESOURCES) + any(CONDITIONS);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
