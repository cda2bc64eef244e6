package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.access.Grantee.Group;
import coffer.identity.Principal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a public access block and the ownership of objects leave of ACLs and policies. */
class BucketAccessTest {
    private static final Grant PUBLIC = new Grant(Group.ALL_USERS, Permission.READ);
    private static final Grant SIGNED = new Grant(Group.AUTHENTICATED_USERS, Permission.READ);
    private static final Grant OTHER = new Grant(Grantee.root(AccessTable.OTHER.uin()), Permission.READ);

    @ParameterizedTest
    @CsvSource({
        "nothing, anonymous, true, true",
        "nothing, other, true, true",
        "ignore, anonymous, false, false",
        "ignore, other, true, true",
        "enforced, anonymous, false, false",
        "enforced, other, false, false",
        "enforced, owner, true, true",
        "preferred, anonymous, true, true",
        "blockOfNewOnes, anonymous, true, true",
    })
    void acls(String what, String who, boolean lists, boolean reads) {
        BucketAccess bucket = access(new Acl(List.of(PUBLIC, SIGNED, OTHER)), Optional.empty(), what);
        assertThat(decide(bucket, who, AccessTable.BUCKET, "GetBucket")).isEqualTo(lists);
        assertThat(decide(bucket, who, AccessTable.BUCKET.object("cat"), "GetObject"))
                .isEqualTo(reads);
    }

    /** The object belongs to the other account, unless the bucket's owner owns all. */
    @ParameterizedTest
    @CsvSource({"nothing, true", "ignore, true", "enforced, false"})
    void ownersOfObjects(String what, boolean reads) {
        BucketAccess bucket = access(Acl.PRIVATE, Optional.empty(), what);
        assertThat(decide(bucket, "other", AccessTable.BUCKET.object("cat"), "GetObjectACL"))
                .isEqualTo(reads);
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, everyone, anonymous, true",
        "restrict, everyone, anonymous, false",
        "restrict, everyone, other, false",
        "restrict, everyone, sub, true",
        "restrict, everyone, owner, true",
        "restrict, other, other, true",
        "restrict, other, anonymous, false",
    })
    void policies(String what, String allowed, String who, boolean reads) {
        Policy policy = Policy.ofBucket(
                StatementNotation.json("allow " + allowed + " GetObject /*").getBytes(StandardCharsets.UTF_8),
                AccessTable.BUCKET);
        BucketAccess bucket = access(Acl.PRIVATE, Optional.of(policy), what);
        Requester requester = Requester.of(Objects.requireNonNull(AccessTable.PRINCIPALS.get(who)));
        Decision decision = Authorizer.decide(
                new AccessRequest(requester, "GetObject", AccessTable.BUCKET.object("cat"), ConditionValues.NONE),
                bucket,
                Optional::empty);
        assertThat(decision.isAllowed()).isEqualTo(reads);
    }

    private static BucketAccess access(Acl acl, Optional<Policy> policy, String what) {
        PublicAccessBlock block = new PublicAccessBlock(
                what.equals("blockOfNewOnes"),
                what.equals("ignore"),
                what.equals("blockOfNewOnes"),
                what.equals("restrict"));
        ObjectOwnership ownership = switch (what) {
            case "enforced" -> ObjectOwnership.BUCKET_OWNER_ENFORCED;
            case "preferred" -> ObjectOwnership.BUCKET_OWNER_PREFERRED;
            default -> ObjectOwnership.OBJECT_WRITER;
        };
        return new BucketAccess(acl, policy, block, ownership);
    }

    private static boolean decide(BucketAccess bucket, String who, Resource resource, String action) {
        Principal principal = Objects.requireNonNull(AccessTable.PRINCIPALS.get(who));
        ObjectAccess object = new ObjectAccess(AccessTable.OTHER.uin(), Optional.of(bucket.acl()));
        return Authorizer.decide(
                        new AccessRequest(Requester.of(principal), action, resource, ConditionValues.NONE),
                        bucket,
                        () -> Optional.of(object))
                .isAllowed();
    }
}
