package coffer.batch;

import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * A job as it is stored.
 *
 * @param id 36 characters
 * @param region of the buckets it is about, as the host named it
 * @param request what it was asked to be
 * @param priority as it is now
 * @param reason why its status was changed, by who did it
 * @param suspended when it began to wait for being confirmed
 * @param ended when nothing more became of it
 * @param failure why it failed
 * @param progress of its tasks
 */
record Job(
        String id,
        String region,
        JobCreator creator,
        Instant created,
        JobRequest request,
        int priority,
        JobStatus status,
        String reason,
        Optional<Instant> suspended,
        Optional<Instant> ended,
        Optional<Failure> failure,
        Progress progress) {
    private static final int FORMAT = 1;

    /** Why a job failed. */
    record Failure(String code, String text) {}

    /**
     * How far it is.
     *
     * @param total how many tasks there are, once that is known
     * @param pages how many pages of results are stored
     */
    record Progress(long total, long succeeded, long failed, long pages) {
        /** Nothing is known yet. */
        static final Progress NONE = new Progress(0, 0, 0, 0);

        /** How many tasks are done. */
        long done() {
            return succeeded + failed;
        }
    }

    /** What is said otherwise of it. */
    private Job copy(
            int newPriority,
            JobStatus newStatus,
            String newReason,
            Optional<Instant> newSuspended,
            Optional<Instant> newEnded,
            Optional<Failure> newFailure,
            Progress newProgress) {
        return new Job(
                id,
                region,
                creator,
                created,
                request,
                newPriority,
                newStatus,
                newReason,
                newSuspended,
                newEnded,
                newFailure,
                newProgress);
    }

    Job with(JobStatus other) {
        return copy(priority, other, reason, suspended, ended, failure, progress);
    }

    Job with(JobStatus other, String because) {
        return copy(priority, other, because, suspended, ended, failure, progress);
    }

    Job withPriority(int other) {
        return copy(other, status, reason, suspended, ended, failure, progress);
    }

    Job with(Progress other) {
        return copy(priority, status, reason, suspended, ended, failure, other);
    }

    Job suspendedAt(Instant now) {
        return copy(priority, JobStatus.SUSPENDED, reason, Optional.of(now), ended, failure, progress);
    }

    Job failing(Failure why) {
        return copy(priority, JobStatus.FAILING, reason, suspended, ended, Optional.of(why), progress);
    }

    Job endedAt(Instant now, JobStatus last) {
        return copy(priority, last, reason, suspended, Optional.of(now), failure, progress);
    }

    byte[] toBytes() {
        XmlWriter xml = new XmlWriter();
        JobRequest.write(xml, request.document());
        RecordWriter out = new RecordWriter(FORMAT).text(id).text(region);
        creator.write(out);
        out.time(created)
                .bytes(xml.toBytes())
                .number(priority)
                .text(status.word())
                .text(reason);
        time(out, suspended);
        time(out, ended);
        out.text(failure.map(Failure::code).orElse(""))
                .text(failure.map(Failure::text).orElse(""));
        return out.number(progress.total)
                .number(progress.succeeded)
                .number(progress.failed)
                .number(progress.pages)
                .toBytes();
    }

    private static void time(RecordWriter out, Optional<Instant> time) {
        out.number(time.isPresent() ? 1 : 0);
        time.ifPresent(out::time);
    }

    private static Optional<Instant> time(RecordReader in) {
        return in.number() == 0 ? Optional.empty() : Optional.of(in.time());
    }

    static Job fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        String id = in.text();
        String region = in.text();
        JobCreator creator = JobCreator.read(in);
        Instant created = in.time();
        JobRequest request = JobRequest.read(
                Element.parse(in.bytes()), creator.principal().account().uin());
        int priority = (int) in.number();
        JobStatus status = JobStatus.of(in.text()).orElse(JobStatus.FAILED);
        String reason = in.text();
        Optional<Instant> suspended = time(in);
        Optional<Instant> ended = time(in);
        String code = in.text();
        String text = in.text();
        return new Job(
                id,
                region,
                creator,
                created,
                request,
                priority,
                status,
                reason,
                suspended,
                ended,
                code.isEmpty() ? Optional.empty() : Optional.of(new Failure(code, text)),
                new Progress(in.number(), in.number(), in.number(), in.number()));
    }
}
