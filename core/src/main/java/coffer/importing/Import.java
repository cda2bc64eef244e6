package coffer.importing;

import coffer.outbound.Outbound;
import coffer.outbound.OutboundException;
import coffer.outbound.RemoteStore;
import coffer.remote.RemoteException;
import coffer.remote.RemoteObjects;
import coffer.remote.RemotePage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Brings the objects of another store into one that is running. */
public final class Import {
    private final Outbound outbound;
    private final ImportPlan plan;
    private final InstantSource clock;
    private final Tally tally = new Tally();
    private final Persistence persistence;
    private final Semaphore streams;
    private final Set<String> unknownClasses = ConcurrentHashMap.newKeySet();

    /** @param clock that of the world */
    public Import(Outbound outbound, ImportPlan plan, InstantSource clock, RandomGenerator random) {
        this.outbound = outbound;
        this.plan = plan;
        this.clock = clock;
        this.persistence = new Persistence(random, tally);
        this.streams = new Semaphore(plan.streams());
    }

    /** How far it is, for any thread to look at. */
    public Tally tally() {
        return tally;
    }

    /**
     * Brings over what is missing.
     *
     * @param journal the file of the journal, if one is to be kept
     * @throws ImportStopped if it cannot go on; what was done so far stays
     */
    public void run(Optional<Path> journal) {
        try (Journal written = journal.map(path -> Journal.open(path, plan)).orElse(Journal.NONE)) {
            List<String> names = names();
            written.lacking().forEach(tally::lacks);
            abortRests(written);
            Thread.startVirtualThread(() -> count(names));
            for (String name : names) {
                String target = plan.toBucket().orElse(name);
                written.reached(target).ifPresent(before -> tally.before(before.objects(), before.bytes()));
                if (!written.isDone(target)) {
                    importBucket(name, target, written);
                }
            }
            if (tally.snapshot().failed() == 0) {
                written.finish();
            }
        }
    }

    private void importBucket(String name, String target, Journal written) {
        RemoteObjects from = objects(plan.from(), name);
        RemoteObjects to = objects(plan.to(), target);
        if (plan.from().endpoint().equals(plan.to().endpoint()) && name.equals(target)) {
            throw new ImportStopped("The source and the target are the same bucket: name another one by --to-bucket.");
        }
        of("source", () -> from.list(plan.prefix(), RemotePage.BEGIN));
        prepare(to);
        try {
            new BucketImport(new Link(from, to, plan, persistence, written, tally, streams, unknownClasses)).run();
        } catch (RemoteException | OutboundException e) {
            throw new ImportStopped(e.getMessage() + " Run the same command again to go on.", e);
        }
    }

    private List<String> names() {
        return plan.fromBucket().map(List::of).orElseGet(() -> of("source", objects(plan.from(), "")::buckets));
    }

    private void prepare(RemoteObjects bucket) {
        try {
            RemotePage _ = persistence.call(() -> bucket.list(plan.prefix(), RemotePage.BEGIN));
        } catch (RemoteException e) {
            if (!e.code().equals("NoSuchBucket")) {
                throw stopped("target", e);
            }
            of("target", () -> {
                bucket.create();
                return true;
            });
        } catch (OutboundException e) {
            throw stopped("target", e);
        }
        if (plan.withVersions()) {
            of("target", () -> {
                if (!bucket.versioning().equals("Enabled")) {
                    bucket.keepVersions();
                }
                return true;
            });
        }
    }

    /** Uploads that an earlier run had begun are given up: their objects are copied anew. */
    private void abortRests(Journal written) {
        for (Journal.Pending rest : written.pending()) {
            boolean areGone = of("target", () -> {
                try {
                    return objects(plan.to(), rest.bucket()).uploads(rest.key()).stream()
                            .allMatch(upload -> upload.abort());
                } catch (RemoteException e) {
                    if (e.status() == 404) {
                        return true;
                    }
                    throw e;
                }
            });
            if (areGone) {
                written.end(rest.bucket(), rest.key());
            }
        }
    }

    /** Beside the copying, so that it can be said how much is left. */
    private void count(List<String> names) {
        try {
            for (String name : names) {
                RemoteObjects bucket = objects(plan.from(), name);
                Optional<RemotePage.Place> next = Optional.of(RemotePage.BEGIN);
                while (next.isPresent()) {
                    RemotePage.Place from = next.get();
                    RemotePage page = persistence.call(() -> plan.withVersions()
                            ? bucket.versions(plan.prefix(), from)
                            : bucket.list(plan.prefix(), from));
                    tally.counted(
                            page.entries().size(),
                            page.entries().stream()
                                    .mapToLong(entry -> entry.bytes())
                                    .sum());
                    next = page.next();
                }
            }
            tally.allIsCounted();
        } catch (RemoteException | OutboundException e) {
            // then it stays unknown; the copying meets the same and tells it
        }
    }

    private RemoteObjects objects(RemoteStore store, String bucket) {
        return new RemoteObjects(outbound, store, bucket, clock);
    }

    private <T> T of(String side, Supplier<T> request) {
        try {
            return persistence.call(request);
        } catch (RemoteException | OutboundException e) {
            throw stopped(side, e);
        }
    }

    private static ImportStopped stopped(String side, RuntimeException e) {
        String option = side.equals("source") ? "--from" : "--to";
        String advice = "Is " + option + " the address of a store that is running and can be reached?";
        if (e instanceof RemoteException refused) {
            advice = switch (refused.code()) {
                case "InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "InvalidSecretId" ->
                    "Check " + option + "-access-key and its secret key, and what that key may do.";
                case "NoSuchBucket" -> "Check " + option + "-bucket.";
                case "BucketAlreadyExists" -> "That bucket belongs to someone else: name another one by --to-bucket.";
                case "InvalidBucketName" ->
                    "Name the bucket by --to-bucket as the target wants it; in the dialect cos its name ends in -APPID.";
                default ->
                    "Check " + option + ", " + option + "-dialect, " + option + "-region and the keys of the " + side
                            + ".";
            };
        }
        return new ImportStopped("The " + side + " refuses or does not answer: " + e.getMessage() + " " + advice, e);
    }
}
