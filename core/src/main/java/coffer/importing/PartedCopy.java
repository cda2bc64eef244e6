package coffer.importing;

import coffer.api.Headers;
import coffer.checksum.Crc64;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundRequest;
import coffer.remote.RemoteEntry;
import coffer.remote.RemoteException;
import coffer.remote.RemoteObjects;
import coffer.remote.RemoteObjects.Which;
import coffer.remote.RemoteUpload;
import coffer.request.Digests;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Copies an object in parts. Where the source has it in parts of one size, so has the target: then the ETags are the same, and
 * the bytes are known to be. An object whose ETag is the MD5 of all bytes, and that has no other sum, is sent part after part.
 */
final class PartedCopy {
    private static final long USUAL_PART = 16L * 1024 * 1024;
    private static final int MOST_PARTS = 10_000;

    private final Link link;
    private final RemoteEntry entry;
    private final Which which;
    private final ConcurrentSkipListMap<Integer, Part> parts = new ConcurrentSkipListMap<>();

    /** A part that was sent. */
    private record Part(String etag, byte[] md5, long crc, long bytes) {}

    PartedCopy(Link link, RemoteEntry entry) {
        this.link = link;
        this.entry = entry;
        this.which = Which.of(entry);
    }

    ObjectCopy.Copied copy() {
        Headers said = link.persistence().call(() -> link.source().head(which, 0));
        Carried carried = link.persistence().call(() -> Carried.of(said, which, link));
        long sourceParts = partBytes(carried);
        long partBytes = sourceParts > 0 ? sourceParts : Math.max(USUAL_PART, entry.bytes() / MOST_PARTS + 1);
        String bucket = link.target().bucket();
        link.journal().begin(bucket, entry.key());
        boolean isGone = false;
        try {
            Begun begun = begin(carried);
            boolean isDone = false;
            try {
                String etag = send(begun, partBytes, sourceParts > 0);
                isDone = true;
                isGone = true;
                return new ObjectCopy.Copied(begun.carried, etag, crc());
            } finally {
                if (!isDone) {
                    isGone = begun.upload.abort();
                }
            }
        } finally {
            if (isGone) {
                link.journal().end(bucket, entry.key());
            }
        }
    }

    private record Begun(RemoteUpload upload, Carried carried) {}

    private Begun begin(Carried carried) {
        try {
            return new Begun(
                    link.persistence().call(() -> link.target().begin(entry.key(), carried.headers())), carried);
        } catch (RemoteException e) {
            if (!carried.isClassRefused(link, e)) {
                throw e;
            }
            return link.persistence().call(() -> {
                Carried without = Carried.of(link.source().head(which, 0), which, link);
                return new Begun(link.target().begin(entry.key(), without.headers()), without);
            });
        }
    }

    private String send(Begun begun, long partBytes, boolean keepsEtag) {
        boolean inOrder = begun.carried.hasDigests()
                && Digest.isMd5(entry.etag())
                && begun.carried.crc64().isEmpty();
        if (inOrder) {
            sendInOrder(begun.upload, partBytes);
        } else {
            sendAtOnce(begun.upload, partBytes);
        }
        ObjectCopy.requireSame(begun.carried, crc());
        String composite = composite();
        if (keepsEtag
                && begun.carried.hasDigests()
                && !composite.equalsIgnoreCase(entry.etag())
                && areAlike(partBytes)) {
            throw new CopyDiffers("The parts that the source sent make the ETag " + composite + ", and it says "
                    + entry.etag() + ".");
        }
        return complete(begun.upload, composite);
    }

    private String complete(RemoteUpload upload, String composite) {
        SortedMap<Integer, String> etags = new TreeMap<>();
        parts.forEach((number, part) -> etags.put(number, part.etag));
        try {
            return RemoteObjects.bare(link.persistence().call(() -> upload.complete(etags)));
        } catch (RemoteException e) {
            // The answer to an earlier attempt may have been lost.
            if (e.code().equals("NoSuchUpload") && stored().equalsIgnoreCase(composite)) {
                return composite;
            }
            throw e;
        }
    }

    private String stored() {
        return link.persistence()
                .call(() -> RemoteObjects.bare(link.target()
                        .head(new Which(entry.key(), "", ""), 0)
                        .first("ETag")
                        .orElse("")));
    }

    private void sendAtOnce(RemoteUpload upload, long partBytes) {
        Crew crew = new Crew(link.plan().streams());
        try {
            for (int number = 1; (number - 1) * partBytes < entry.bytes(); number++) {
                int one = number;
                crew.start(() -> {
                    Optional<MessageDigest> _ = part(upload, one, partBytes, Optional.empty());
                });
            }
        } finally {
            crew.join();
        }
    }

    private void sendInOrder(RemoteUpload upload, long partBytes) {
        MessageDigest all = Digests.md5();
        for (int number = 1; (number - 1) * partBytes < entry.bytes(); number++) {
            all = part(upload, number, partBytes, Optional.of(all)).orElseThrow();
        }
        String md5 = Digest.hex(all.digest());
        if (!md5.equalsIgnoreCase(entry.etag())) {
            throw new CopyDiffers("The source sent bytes with the MD5 " + md5 + ", and says " + entry.etag() + ".");
        }
    }

    /**
     * Sends a part.
     *
     * @param before the digest of all parts before it; not changed
     * @return the digest with this part
     */
    private Optional<MessageDigest> part(
            RemoteUpload upload, int number, long partBytes, Optional<MessageDigest> before) {
        long begin = (number - 1) * partBytes;
        long bytes = Math.min(partBytes, entry.bytes() - begin);
        String range = "bytes=" + begin + "-" + (begin + bytes - 1);
        return link.stream(() -> {
            Optional<MessageDigest> all = before.map(PartedCopy::copyOf);
            try (OutboundAnswer answer = link.source().get(which, range)) {
                InputStream body = all.<InputStream>map(digest -> new DigestInputStream(answer.body(), digest))
                        .orElse(answer.body());
                DigestingStream in = new DigestingStream(body, bytes);
                String etag = upload.part(number, new OutboundRequest.Body(in, bytes));
                ObjectCopy.requireWhole(in);
                byte[] md5 = in.md5();
                String bare = RemoteObjects.bare(etag);
                if (Digest.isMd5(bare) && !bare.equalsIgnoreCase(Digest.hex(md5))) {
                    throw new CopyDiffers("The target stored part " + number + " with another MD5 than it was sent.");
                }
                parts.put(number, new Part(etag, md5, in.crc(), bytes));
                return all;
            }
        });
    }

    private static MessageDigest copyOf(MessageDigest digest) {
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the MD5 of every Java machine can be copied", e);
        }
    }

    private long crc() {
        long crc = 0;
        for (Part part : parts.values()) {
            crc = Crc64.combine(crc, part.crc, part.bytes);
        }
        return crc;
    }

    /** The ETag that stores give an object of these parts. */
    private String composite() {
        MessageDigest all = Digests.md5();
        parts.values().forEach(part -> all.update(part.md5));
        return Digest.hex(all.digest()) + "-" + parts.size();
    }

    /** The length of the source's parts, if they seem to be of one; else 0. */
    private long partBytes(Carried carried) {
        int count = Digest.parts(entry.etag());
        if (count <= 1 || !carried.hasDigests()) {
            return count == 1 ? entry.bytes() : 0;
        }
        long bytes = sourcePart(1);
        return bytes > 0 && (entry.bytes() + bytes - 1) / bytes == count ? bytes : 0;
    }

    /** Whether the source's parts are of one length indeed. */
    private boolean areAlike(long partBytes) {
        int count = parts.size();
        for (int number = 1; number < count; number++) {
            if (sourcePart(number) != partBytes) {
                return false;
            }
        }
        return true;
    }

    /** The length of a part of the source; 0 if it does not tell. */
    private long sourcePart(int number) {
        try {
            return link.persistence()
                    .call(() -> link.source()
                            .head(which, number)
                            .first("Content-Length")
                            .map(Long::parseLong)
                            .orElse(0L));
        } catch (RemoteException e) {
            if (e.status() == 412 || e.status() == 404) {
                throw e;
            }
            return 0;
        }
    }
}
