package coffer.importing;

import coffer.outbound.OutboundException;
import coffer.remote.RemoteEntry;
import coffer.remote.RemoteException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** Brings the objects of one bucket over that the target lacks. */
final class BucketImport {
    /** These are about all requests, not about one object. */
    private static final Set<String> ABOUT_ALL =
            Set.of("InvalidAccessKeyId", "SignatureDoesNotMatch", "NoSuchBucket", "ExpiredToken", "InvalidToken");

    private final Link link;
    private final ObjectCopy copies;

    BucketImport(Link link) {
        this.link = link;
        this.copies = new ObjectCopy(link);
    }

    void run() {
        String bucket = link.target().bucket();
        Progress progress = new Progress(link.journal(), link.tally(), bucket);
        String after = link.journal().reached(bucket).map(Journal.Reached::key).orElse("");
        Keys source = new Keys(link.source(), link.plan(), link.persistence(), after);
        Keys target = new Keys(link.target(), link.plan(), link.persistence(), after);
        Crew crew = new Crew(link.plan().streams());
        try {
            for (List<RemoteEntry> wanted = source.take(); !wanted.isEmpty(); wanted = source.take()) {
                String key = wanted.getFirst().key();
                List<RemoteEntry> lacking = lacking(wanted, target.take(key));
                long bytes = bytes(wanted);
                Progress.Batch batch = progress.begin(key, wanted.size(), bytes);
                link.tally().seen(wanted.size() - lacking.size(), bytes - bytes(lacking));
                if (lacking.isEmpty()) {
                    progress.end(batch, false);
                } else {
                    crew.start(() -> progress.end(batch, !copy(lacking)));
                }
            }
        } finally {
            crew.join();
        }
        progress.finish();
    }

    private static long bytes(List<RemoteEntry> entries) {
        return entries.stream().mapToLong(RemoteEntry::bytes).sum();
    }

    /** What is missing at the end of what the target has: as much of the source as the newest there is the oldest of. */
    static List<RemoteEntry> lacking(List<RemoteEntry> wanted, List<RemoteEntry> there) {
        for (int common = Math.min(wanted.size(), there.size()); common > 0; common--) {
            boolean isSame = true;
            for (int i = 0; i < common && isSame; i++) {
                isSame = isSame(wanted.get(i), there.get(there.size() - common + i));
            }
            if (isSame) {
                return wanted.subList(common, wanted.size());
            }
        }
        return wanted;
    }

    /**
     * Whether one is a copy of the other. Where the ETags cannot tell, since not both are the MD5 of all bytes, it is if it has
     * as many bytes and is not older.
     */
    private static boolean isSame(RemoteEntry wanted, RemoteEntry there) {
        if (wanted.isMarker() || there.isMarker()) {
            return wanted.isMarker() && there.isMarker();
        }
        if (wanted.bytes() != there.bytes()) {
            return false;
        }
        if (wanted.etag().equalsIgnoreCase(there.etag())) {
            return true;
        }
        boolean canTell = Digest.isMd5(wanted.etag()) && Digest.isMd5(there.etag());
        return !canTell && !there.modified().isBefore(wanted.modified());
    }

    /** Whether all of it came over. */
    private boolean copy(List<RemoteEntry> entries) {
        for (RemoteEntry entry : entries) {
            try {
                copy(entry);
            } catch (RemoteException e) {
                if (ABOUT_ALL.contains(e.code())) {
                    throw new ImportStopped(e.getMessage() + " Mend that, and run the same command again to go on.", e);
                }
                fail(entry, String.valueOf(e.getMessage()));
                return false;
            } catch (OutboundException | CopyDiffers | UncheckedIOException e) {
                fail(entry, String.valueOf(e.getMessage()));
                return false;
            } finally {
                link.tally().seen(1, entry.bytes());
            }
        }
        return true;
    }

    private void fail(RemoteEntry entry, String why) {
        link.tally().failed(link.source().bucket() + "/" + entry.key(), why);
    }

    private void copy(RemoteEntry entry) {
        if (entry.isMarker()) {
            link.persistence().run(() -> link.target().delete(entry.key()));
            link.tally().marked();
            return;
        }
        try {
            copies.copy(entry);
        } catch (RemoteException e) {
            boolean isGone = e.code().equals("NoSuchKey") || e.code().equals("NoSuchVersion");
            if (!isGone && !(e.status() == 404 && e.code().isEmpty())) {
                throw e;
            }
            link.tally().lacks(Uncarried.GONE);
        }
    }
}
