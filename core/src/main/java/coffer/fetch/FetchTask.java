package coffer.fetch;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Row;
import java.time.Instant;
import java.util.Optional;

/**
 * A task as it is stored.
 *
 * @param id names it to clients; ids sort by the time they were made
 * @param bucket the full name of the bucket
 * @param space that of the bucket, so that one made anew under its name gets nothing
 * @param order what is to be fetched
 * @param stage how far it is
 * @param attempts how often the stage was tried in vain
 * @param due when it is tried next; of one that has ended, when it did
 * @param result what came of it, once that is known
 */
record FetchTask(
        String id,
        String bucket,
        String space,
        FetchOrder order,
        Stage stage,
        int attempts,
        Instant due,
        Optional<Result> result) {
    private static final int FORMAT = 1;

    /** How far a task is. */
    enum Stage {
        /** It is being fetched, or waits for that. */
        FETCHING,
        /** It is known what came of it, and somebody is to be told. */
        TELLING,
        /** Nothing is left to be done. */
        ENDED
    }

    /**
     * What came of it.
     *
     * @param isDone whether the object is there
     * @param code of the error; empty if there was none
     * @param message a sentence for people, without credentials
     */
    record Result(boolean isDone, String code, String message) {}

    /** One that has just been ordered. */
    static FetchTask of(String id, String bucket, String space, FetchOrder order, Instant now) {
        return new FetchTask(id, bucket, space, order, Stage.FETCHING, 0, now, Optional.empty());
    }

    /** To be tried again. */
    FetchTask again(Instant later) {
        return new FetchTask(id, bucket, space, order, stage, attempts + 1, later, result);
    }

    /** With what came of it; it ends unless somebody is to be told. */
    FetchTask with(Result known, Instant now) {
        boolean tells = (known.isDone() ? order.successCallback() : order.failureCallback()).isPresent();
        return new FetchTask(id, bucket, space, order, tells ? Stage.TELLING : Stage.ENDED, 0, now, Optional.of(known));
    }

    FetchTask ended(Instant now) {
        return new FetchTask(id, bucket, space, order, Stage.ENDED, attempts, now, result);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT)
                .text(bucket)
                .text(space)
                .text(stage.name())
                .number(attempts)
                .time(due)
                .number(result.isPresent() ? 1 : 0);
        result.ifPresent(
                known -> out.number(known.isDone ? 1 : 0).text(known.code).text(known.message));
        order.write(out);
        return out.toBytes();
    }

    /** @throws coffer.store.StoreException {@code CORRUPT} if it cannot be understood */
    static FetchTask fromRow(Row row) {
        RecordReader in = new RecordReader(row.value(), FORMAT);
        String bucket = in.text();
        String space = in.text();
        Stage stage = Stage.valueOf(in.text());
        int attempts = (int) in.number();
        Instant due = in.time();
        Optional<Result> result =
                in.number() == 1 ? Optional.of(new Result(in.number() == 1, in.text(), in.text())) : Optional.empty();
        return new FetchTask(row.key().group().key(), bucket, space, FetchOrder.read(in), stage, attempts, due, result);
    }
}
