/**
 * Encryption of stored bytes: master keys, the data keys they wrap, the form encrypted bytes have, and how requests and
 * buckets ask for it. Knows blobs and rows, but no objects: whoever stores bytes asks {@link coffer.encryption.ContentKeys}
 * for a {@link coffer.encryption.ContentKey} and passes them through it, encrypted or not.
 *
 * <p>Keys hang together like this; an arrow is a derivation (HKDF-Expand, RFC 5869) or, where it says so, an encryption:
 *
 * <pre>
 * master key  -- wraps --&gt;  data key of an object or upload, random          SSE-COS, SSE-KMS
 * customer's key, salt in the object's row  --&gt;  data key                    SSE-C
 * data key, salt of an extent  --&gt;  key of one blob or tail, encrypted in chunks of 64 KiB
 * data key, MD5  --&gt;  ETag, where it must not be the MD5
 * master key  --&gt;  check value in {@link coffer.encryption.KeyRegister}
 * </pre>
 *
 * <p>Who can read the disk learns lengths, and nothing of the content. Who can also write to it can bring back an older
 * row together with its older bytes, and nothing else: bytes that no row refers to with their salt do not open.
 */
@NullMarked
package coffer.encryption;

import org.jspecify.annotations.NullMarked;
