package coffer.access;

import coffer.api.Headers;
import coffer.identity.Account;
import coffer.identity.Principal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The cases of a table of decisions. A line that begins with {@code #} is a topic and forgets all settings; one with
 * {@code key: value} is a setting for the rows that follow; any other is a row:
 *
 * <pre>
 *   who  action  resource  [key=value,value ...]  ->  decision: reason
 * </pre>
 *
 * <p>A resource is {@code -} for the service, {@code /} for the bucket {@code album-1300000007} of {@code owner},
 * {@code /key} for an object in it; with {@code other:} before it, it lies in the bucket of {@code other} instead.
 */
final class AccessTable {
    static final Account OWNER = new Account("1300000007", "100000000042");
    static final Account OTHER = new Account("1300000099", "100000000099");
    static final Resource BUCKET = Resource.bucket("ap-nanjing", OWNER, "album-1300000007");
    static final Resource FOREIGN = Resource.bucket("ap-tokyo", OTHER, "music-1300000099");

    static final Map<String, Principal> PRINCIPALS = Map.of(
            "anonymous", new Principal.Anonymous(),
            "owner", new Principal.Root(OWNER),
            "sub", new Principal.User(OWNER, "100000000077"),
            "sub2", new Principal.User(OWNER, "100000000078"),
            "role", new Principal.Role(OWNER, "4611", "deployer"),
            "other", new Principal.Root(OTHER),
            "othersub", new Principal.User(OTHER, "100000000098"),
            "otherrole", new Principal.Role(OTHER, "4612", "reader"));

    /** The names by which rows and policies speak of ids. */
    static final Map<String, String> IDS = Map.of(
            "owner", "qcs::cam::uin/100000000042:uin/100000000042",
            "sub", "qcs::cam::uin/100000000042:uin/100000000077",
            "sub2", "qcs::cam::uin/100000000042:uin/100000000078",
            "role", "qcs::cam::uin/100000000042:roleName/deployer",
            "other", "qcs::cam::uin/100000000099:uin/100000000099",
            "othersub", "qcs::cam::uin/100000000099:uin/100000000098",
            "otherrole", "qcs::cam::uin/100000000099:roleName/reader",
            "everyone", "qcs::cam::anyone:anyone",
            "all", "http://cam.qcloud.com/groups/global/AllUsers",
            "signed", "http://cam.qcloud.com/groups/global/AuthenticatedUsers");

    private AccessTable() {}

    /** One row with the settings before it. */
    record Row(int line, String text, Map<String, String> settings) {
        Decision decide() {
            String[] words = text.split("->", 2)[0].strip().split(" +", -1);
            Principal principal = Objects.requireNonNull(PRINCIPALS.get(words[0]), words[0]);
            List<IdentityPolicy> policies = new ArrayList<>();
            settings.forEach((key, value) -> {
                if (key.startsWith("identity ")) {
                    policies.add(new IdentityPolicy(key.substring(9), identity(value)));
                }
            });
            boolean hasPolicies = principal instanceof Principal.User || principal instanceof Principal.Role;
            Requester requester = new Requester(
                    principal,
                    hasPolicies ? policies : List.of(),
                    setting("session").map(Row::identity));
            Map<String, List<String>> conditions = new LinkedHashMap<>();
            for (int i = 3; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                conditions.put(
                        words[i].substring(0, equals),
                        List.of(words[i].substring(equals + 1).split(",", -1)));
            }
            AccessRequest request = new AccessRequest(
                    requester, words[1], resource(words[2]), key -> Optional.ofNullable(conditions.get(key)));
            Resource bucket = words[2].startsWith("other:") ? FOREIGN : BUCKET;
            return Authorizer.decide(request, bucketAccess(bucket), () -> object(bucket));
        }

        String expected() {
            return text.split("->", 2)[1].strip();
        }

        @Override
        public String toString() {
            return "line " + line + ": " + text;
        }

        private Optional<String> setting(String key) {
            return Optional.ofNullable(settings.get(key)).filter(value -> !value.isEmpty());
        }

        private BucketAccess bucketAccess(Resource bucket) {
            Optional<Policy> stored = setting("stored policy").map(text -> Policy.storedOfBucket(text, bucket));
            return new BucketAccess(
                    AclHeaders.ofBucket(headers("bucket acl")),
                    stored.or(() -> setting("bucket policy")
                            .map(text -> Policy.ofBucket(
                                    StatementNotation.json(text).getBytes(StandardCharsets.UTF_8), bucket))));
        }

        private Optional<ObjectAccess> object(Resource bucket) {
            if (setting("object acl").equals(Optional.of("missing"))) {
                return Optional.empty();
            }
            boolean isForeign = setting("object owner").equals(Optional.of("other"));
            return Optional.of(new ObjectAccess(
                    isForeign ? OTHER.uin() : bucket.owner().uin(),
                    AclHeaders.ofObject(headers("object acl"), bucket.owner().uin())));
        }

        /** From {@code public-read read:sub,other full-control:all}. */
        private Headers headers(String key) {
            List<Headers.Header> headers = new ArrayList<>();
            for (String word : setting(key).orElse("").split(" +", -1)) {
                int colon = word.indexOf(':');
                if (colon < 0) {
                    headers.add(new Headers.Header("x-cos-acl", word));
                    continue;
                }
                List<String> grantees = new ArrayList<>();
                for (String name : word.substring(colon + 1).split(",", -1)) {
                    String id = IDS.getOrDefault(name, name);
                    grantees.add((id.startsWith("http") ? "uri=\"" : "id=\"") + id + "\"");
                }
                headers.add(new Headers.Header("x-cos-grant-" + word.substring(0, colon), String.join(", ", grantees)));
            }
            return Headers.of(headers);
        }

        private static Policy identity(String text) {
            return text.startsWith("broken")
                    ? Policy.storedOfIdentity(text)
                    : Policy.ofIdentity(StatementNotation.json(text).getBytes(StandardCharsets.UTF_8));
        }

        private static Resource resource(String word) {
            if (word.equals("-")) {
                return Resource.SERVICE;
            }
            Resource bucket = word.startsWith("other:") ? FOREIGN : BUCKET;
            String key = word.substring(word.indexOf('/') + 1);
            return key.isEmpty() ? bucket : bucket.object(key);
        }
    }

    static List<Row> read(String file) {
        List<Row> rows = new ArrayList<>();
        Map<String, String> settings = new LinkedHashMap<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            if (line.startsWith("#")) {
                settings.clear();
            } else if (line.contains("->")) {
                rows.add(new Row(number, line.replaceAll(" +", " "), new LinkedHashMap<>(settings)));
            } else if (!line.isBlank()) {
                int colon = line.indexOf(':');
                settings.put(
                        line.substring(0, colon).strip(),
                        line.substring(colon + 1).strip());
            }
        }
        return rows;
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(AccessTable.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
