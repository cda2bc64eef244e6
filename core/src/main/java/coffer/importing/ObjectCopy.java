package coffer.importing;

import coffer.api.Headers;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundRequest;
import coffer.remote.RemoteEntry;
import coffer.remote.RemoteException;
import coffer.remote.RemoteObjects;
import coffer.remote.RemoteObjects.Which;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Copies one object or version: at once, or {@linkplain PartedCopy in parts}. */
final class ObjectCopy {
    /** Longer ones are sent in parts, so that a break costs no more than one. */
    static final long MOST_AT_ONCE = 256L * 1024 * 1024;

    /** An object that is written all the time is told rather than copied for ever. */
    private static final int MOST_CHANGES = 3;

    private static final int BUFFER = 64 * 1024;

    private final Link link;

    ObjectCopy(Link link) {
        this.link = link;
    }

    /** Copies it, as it is now if it was changed since it was listed. */
    void copy(RemoteEntry listed) {
        RemoteEntry entry = listed;
        for (int changes = 0; ; changes++) {
            try {
                copyAsListed(entry);
                return;
            } catch (RemoteException e) {
                if (e.status() != 412 || changes == MOST_CHANGES) {
                    throw e;
                }
            }
            Headers now = link.persistence().call(() -> link.source().head(new Which(listed.key(), "", ""), 0));
            entry = new RemoteEntry(
                    listed.key(),
                    "",
                    false,
                    RemoteObjects.bare(now.first("ETag").orElse("")),
                    now.first("Content-Length").map(Long::parseLong).orElse(listed.bytes()),
                    listed.modified());
        }
    }

    private void copyAsListed(RemoteEntry entry) {
        boolean inParts = Digest.parts(entry.etag()) > 0 || entry.bytes() > MOST_AT_ONCE;
        Copied copied = inParts ? new PartedCopy(link, entry).copy() : link.stream(() -> atOnce(entry));
        if (link.plan().reads()) {
            readAgain(entry, copied.crc);
        }
        link.tally().copied(entry.bytes());
        copied.carried.lacks().forEach(link.tally()::lacks);
        if (!copied.etag.equals(entry.etag())) {
            link.tally().lacks(Uncarried.ETAG);
        }
    }

    /**
     * What was written.
     *
     * @param crc of all bytes
     */
    record Copied(Carried carried, String etag, long crc) {}

    private Copied atOnce(RemoteEntry entry) {
        Which which = Which.of(entry);
        try (OutboundAnswer answer = link.source().get(which, "")) {
            Carried carried = Carried.of(answer.headers(), which, link);
            long bytes = answer.bodyBytes() < 0 ? entry.bytes() : answer.bodyBytes();
            requireSize(entry, bytes);
            DigestingStream in = new DigestingStream(answer.body(), bytes);
            boolean isDigest = carried.hasDigests() && Digest.isMd5(entry.etag());
            List<Headers.Header> headers = new ArrayList<>(carried.headers());
            if (isDigest) {
                byte[] md5 = HexFormat.of().parseHex(entry.etag());
                headers.add(
                        new Headers.Header("Content-MD5", Base64.getEncoder().encodeToString(md5)));
            }
            Headers said;
            try {
                said = link.target().put(entry.key(), headers, new OutboundRequest.Body(in, bytes));
            } catch (RemoteException e) {
                if (carried.isClassRefused(link, e)) {
                    throw new CopyDiffers("The target does not know the class " + carried.storageClass() + ".");
                }
                throw e;
            }
            requireWhole(in);
            String md5 = Digest.hex(in.md5());
            if (isDigest && !md5.equalsIgnoreCase(entry.etag())) {
                throw new CopyDiffers("The source sent bytes with the MD5 " + md5 + ", and says " + entry.etag() + ".");
            }
            requireSame(carried, in.crc());
            requireTarget(said, md5, in.crc());
            return new Copied(carried, RemoteObjects.bare(said.first("ETag").orElse("")), in.crc());
        }
    }

    private static void requireSize(RemoteEntry entry, long bytes) {
        if (bytes != entry.bytes()) {
            throw new CopyDiffers(
                    "The source sent " + bytes + " bytes, and listed " + entry.bytes() + " with the same ETag.");
        }
    }

    /** A store may answer before it has read everything. */
    static void requireWhole(DigestingStream in) {
        if (!in.isWhole()) {
            throw new CopyDiffers("The target did not take all bytes.");
        }
    }

    /** The sum must be what the source says, if it says it. */
    static void requireSame(Carried carried, long crc) {
        if (carried.crc64().filter(declared -> declared != crc).isPresent()) {
            throw new CopyDiffers("The source sent bytes with another CRC-64 than it says.");
        }
    }

    private static void requireTarget(Headers said, String md5, long crc) {
        String etag = RemoteObjects.bare(said.first("ETag").orElse(""));
        boolean isEncrypted = said.hasAny("x-amz-server-side-encryption", "x-cos-server-side-encryption");
        if (!isEncrypted && Digest.isMd5(etag) && !etag.equalsIgnoreCase(md5)) {
            throw new CopyDiffers("The target stored bytes with the MD5 " + etag + ", and was sent " + md5 + ".");
        }
        if (Carried.crc64(said).filter(stored -> stored != crc).isPresent()) {
            throw new CopyDiffers("The target stored bytes with another CRC-64 than it was sent.");
        }
    }

    private void readAgain(RemoteEntry entry, long crc) {
        boolean isSame = link.stream(() -> {
            try (OutboundAnswer answer = link.target().get(new Which(entry.key(), "", ""), "")) {
                DigestingStream in = new DigestingStream(answer.body(), entry.bytes());
                byte[] buffer = new byte[BUFFER];
                while (in.read(buffer, 0, buffer.length) >= 0) {
                    // summed as it is read
                }
                return in.crc() == crc;
            } catch (IOException e) {
                throw new CopyDiffers("What was written cannot be read again: " + e.getMessage());
            }
        });
        if (!isSame) {
            throw new UncheckedIOException(new IOException("What was written is not what is read."));
        }
    }
}
