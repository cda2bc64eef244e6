package coffer.awssignature;

import coffer.address.Address;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.AccessKey;
import coffer.identity.SignedParts;
import java.time.InstantSource;
import java.util.Optional;

/** The signature of one request. */
sealed interface AwsSignature permits SignatureV4, SignatureV2 {
    /** Names the key. */
    String accessKeyId();

    /** What goes with a temporary key. */
    Optional<String> token();

    /** What the client says of the body. */
    String payload();

    /**
     * Verifies it.
     *
     * @throws CosException {@code SignatureDoesNotMatch} with what the server computed, {@code RequestTimeTooSkewed},
     *     {@code AccessDenied} if it does not hold any more or leaves something out
     */
    void require(AccessKey key, HttpRequest request, Address address, Query query, InstantSource clock);

    /** What signs the pieces of the body that follow it, if this version does. */
    Optional<ChunkSigner> chunks(AccessKey key);

    /** What of the request is signed, in the names of COS. */
    SignedParts parts(Query query);
}
