package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.AccessControlList;
import com.qcloud.cos.model.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What clients ask about an object besides its bytes. */
@Shows("PreflightUpload")
@ExtendWith(SharedCoffer.class)
class ObjectProbesIT {
    @Test
    void anObjectBelongsToTheOwnerOfItsBucket(TestBucket bucket) {
        bucket.put("k", "text");
        AccessControlList acl = bucket.cos().getObjectAcl(bucket.name(), "k");
        assertThat(acl.getGrantsAsList())
                .singleElement()
                .satisfies(grant -> assertThat(grant.getPermission()).isEqualTo(Permission.FullControl));
        assertThat(acl.getGrantsAsList().getFirst().getGrantee().getIdentifier())
                .isEqualTo(acl.getOwner().getId());
        assertRefused(404, "NoSuchKey", () -> bucket.cos().getObjectAcl(bucket.name(), "absent"));
    }

    @Test
    void theOwnerMayUploadAndNobodyElse(TestBucket bucket) {
        RawResponse allowed = RawConnection.exchange(
                bucket.server(), bucket.request("HEAD", "/new?preflight").signed());
        assertThat(allowed.status()).isEqualTo(200);
        RawResponse stranger = RawConnection.exchange(bucket.server(), bucket.request("HEAD", "/new?preflight"));
        assertThat(stranger.status()).isEqualTo(403);
    }
}
