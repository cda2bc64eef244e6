package coffer.cam;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.access.IdentityPolicy;
import coffer.access.Policy;
import coffer.api.CosException;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.store.Row;
import coffer.store.RowKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The policies of accounts, and those that every account has. Thread-safe. */
public final class Policies {
    /** Source: CAM docs, "Preset Policies"; what they allow of COS. */
    private static final Map<String, PolicyInfo> PRESETS = Map.ofEntries(
            preset("QcloudCOSFullAccess", "name/cos:*"),
            preset(
                    "QcloudCOSReadOnlyAccess",
                    "name/cos:Get*",
                    "name/cos:List*",
                    "name/cos:Head*",
                    "name/cos:OptionsObject"),
            preset("QcloudCOSDataReadOnly", "name/cos:GetObject", "name/cos:HeadObject", "name/cos:OptionsObject"),
            preset(
                    "QcloudCOSDataWriteOnly",
                    "name/cos:PutObject",
                    "name/cos:PostObject",
                    "name/cos:AppendObject",
                    "name/cos:InitiateMultipartUpload",
                    "name/cos:ListMultipartUploads",
                    "name/cos:ListParts",
                    "name/cos:UploadPart",
                    "name/cos:CompleteMultipartUpload",
                    "name/cos:AbortMultipartUpload"),
            preset(
                    "QcloudCOSDataFullControl",
                    "name/cos:*Object",
                    "name/cos:*Multipart*",
                    "name/cos:ListParts",
                    "name/cos:UploadPart",
                    "name/cos:GetBucket",
                    "name/cos:HeadBucket"));

    /** Denies everything: what an attached policy forbade must not be allowed by its loss. */
    private static final Policy LOST = Policy.storedOfIdentity("");

    private final CamRows rows;
    private final InstantSource clock;

    Policies(CamRows rows, InstantSource clock) {
        this.rows = rows;
        this.clock = clock;
    }

    /** The policies that an account may attach, its own by name, then the presets. */
    public List<PolicyInfo> list(String appId) {
        List<PolicyInfo> all = new ArrayList<>(rows.list(CamRows.Kind.POLICY, appId));
        PRESETS.values().stream().sorted(Comparator.comparing(PolicyInfo::name)).forEach(all::add);
        return all;
    }

    public Optional<PolicyInfo> find(String appId, String name) {
        return Optional.ofNullable(PRESETS.get(name)).or(() -> rows.find(CamRows.Kind.POLICY, appId, name));
    }

    /**
     * Makes a policy or replaces it; who has it is bound by it from the next request on.
     *
     * @throws CamException {@code MALFORMED_POLICY} saying where, {@code INVALID_ARGUMENT} for a preset's name
     */
    public PolicyInfo put(String appId, String name, String document) {
        if (PRESETS.containsKey(CamName.check("policy", name))) {
            throw CamError.INVALID_ARGUMENT.because("The preset policy " + name + " cannot be changed.");
        }
        PolicyInfo policy = new PolicyInfo(name, clock.instant(), parse(document));
        return CamRows.repeatedly(() -> {
            RowKey address = CamRows.Kind.POLICY.row(appId, name);
            Optional<Row> before = rows.stored(CamRows.Kind.POLICY, appId, name).map(CamRows.Stored::row);
            boolean done = rows.commit(
                    address.group(),
                    List.of(Expected.of(address, before), Expected.same(account(appId))),
                    List.of(Change.put(address, policy.toBytes())));
            return done ? Optional.of(policy) : Optional.empty();
        });
    }

    /**
     * Removes a policy.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}, {@code DELETE_CONFLICT} while somebody has it
     */
    public void delete(String appId, String name) {
        boolean attached = rows.list(CamRows.Kind.USER, appId).stream()
                        .anyMatch(user -> user.policies().contains(name))
                || rows.list(CamRows.Kind.GROUP, appId).stream()
                        .anyMatch(group -> group.policies().contains(name))
                || rows.list(CamRows.Kind.ROLE, appId).stream()
                        .anyMatch(role -> role.policies().contains(name));
        if (attached) {
            throw CamError.DELETE_CONFLICT.because("The policy " + name + " is attached; detach it first.");
        }
        CamRows.Stored<PolicyInfo> stored = rows.stored(CamRows.Kind.POLICY, appId, name)
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no policy " + name + "."));
        boolean _ = rows.commit(
                stored.row().key().group(),
                List.of(),
                List.of(Change.delete(stored.row().key())));
    }

    /** What a name in a list of attached policies stands for. */
    IdentityPolicy attached(String appId, String name) {
        return new IdentityPolicy(
                name, find(appId, name).map(PolicyInfo::policy).orElse(LOST));
    }

    /**
     * That a policy is still there while it is attached.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    List<Expected> present(String appId, String name) {
        if (PRESETS.containsKey(name)) {
            return List.of();
        }
        return List.of(rows.stored(CamRows.Kind.POLICY, appId, name)
                .map(stored -> Expected.same(stored.row()))
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no policy " + name + ".")));
    }

    /**
     * Reads a policy of a user or session.
     *
     * @throws CamException {@code MALFORMED_POLICY}
     */
    public static Policy parse(String document) {
        try {
            return Policy.ofIdentity(document.getBytes(UTF_8));
        } catch (CosException e) {
            throw CamError.MALFORMED_POLICY.because(e.message());
        }
    }

    private Row account(String appId) {
        return rows.stored(CamRows.Kind.ACCOUNT, appId, "")
                .map(CamRows.Stored::row)
                .orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no account " + appId + "."));
    }

    private static Map.Entry<String, PolicyInfo> preset(String name, String... actions) {
        String document = "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\""
                + String.join("\",\"", actions) + "\"],\"resource\":[\"*\"]}]}";
        return Map.entry(name, new PolicyInfo(name, Instant.EPOCH, Policy.ofIdentity(document.getBytes(UTF_8))));
    }
}
