package coffer.cam;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.access.IdentityPolicy;
import coffer.access.Policy;
import coffer.api.CosException;
import coffer.store.Change;
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
     * The policy of this name.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}
     */
    public PolicyInfo require(String appId, String name) {
        return find(appId, name).orElseThrow(() -> CamError.NO_SUCH_ENTITY.because("There is no policy " + name + "."));
    }

    /** Whether every account has a policy of this name, which cannot be changed. */
    public static boolean isPreset(String name) {
        return PRESETS.containsKey(name);
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
        return rows.change(
                appId,
                account -> new CamRows.Plan<>(
                        policy, account, List.of(Change.put(CamRows.Kind.POLICY.row(appId, name), policy.toBytes()))));
    }

    /**
     * Removes a policy.
     *
     * @throws CamException {@code NO_SUCH_ENTITY}, {@code DELETE_CONFLICT} while somebody has it
     */
    public void delete(String appId, String name) {
        if (PRESETS.containsKey(name)) {
            throw CamError.INVALID_ARGUMENT.because("The preset policy " + name + " cannot be deleted.");
        }
        PolicyInfo _ = rows.change(appId, account -> {
            PolicyInfo policy = require(appId, name);
            if (isAttached(appId, name)) {
                throw CamError.DELETE_CONFLICT.because("The policy " + name + " is attached; detach it first.");
            }
            return new CamRows.Plan<>(policy, account, List.of(Change.delete(CamRows.Kind.POLICY.row(appId, name))));
        });
    }

    private boolean isAttached(String appId, String name) {
        return rows.list(CamRows.Kind.USER, appId).stream()
                        .anyMatch(user -> user.policies().contains(name))
                || rows.list(CamRows.Kind.GROUP, appId).stream()
                        .anyMatch(group -> group.policies().contains(name))
                || rows.list(CamRows.Kind.ROLE, appId).stream()
                        .anyMatch(role -> role.policies().contains(name));
    }

    /** What a name in a list of attached policies stands for. */
    IdentityPolicy attached(String appId, String name) {
        return new IdentityPolicy(
                name, find(appId, name).map(PolicyInfo::policy).orElse(LOST));
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

    private static Map.Entry<String, PolicyInfo> preset(String name, String... actions) {
        String document = "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\""
                + String.join("\",\"", actions) + "\"],\"resource\":[\"*\"]}]}";
        return Map.entry(name, new PolicyInfo(name, Instant.EPOCH, Policy.ofIdentity(document.getBytes(UTF_8))));
    }
}
