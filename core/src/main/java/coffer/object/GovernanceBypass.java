package coffer.object;

import coffer.bucket.Bucket;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import java.util.Optional;

/**
 * Tells whether a request may change what is under governance: it must say so in a header, and its caller must have a
 * right of its own. Source: S3 docs, "Bypassing governance mode". Thread-safe.
 */
public final class GovernanceBypass {
    private static final String HEADER = "x-cos-bypass-governance-retention";
    private static final String ACTION = "BypassGovernanceRetention";

    private final AccessControl access;

    public GovernanceBypass(AccessControl access) {
        this.access = access;
    }

    boolean isMeant(CosRequest request, Bucket bucket, String key, Optional<String> versionId) {
        return request.headers().first(HEADER).filter("true"::equalsIgnoreCase).isPresent()
                && access.decideObject(Question.of(request, ACTION), bucket, key, versionId)
                        .isAllowed();
    }
}
