package coffer.select;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.ResponseBody;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a query finds, as it finds it, and signs of life while it finds nothing. */
final class SelectAnswer implements ResponseBody.Writer {
    private static final Logger LOG = LoggerFactory.getLogger(SelectAnswer.class);

    private final SelectRun run;
    private final SelectLimits limits;
    private final boolean progress;
    private final String requestId;
    private SelectRun.@Nullable Signal next;
    private long toldNanos = System.nanoTime();

    /**
     * The answer of a query.
     *
     * @param progress whether the client wants to know how far it is
     * @param first what the query has signalled already
     */
    SelectAnswer(
            SelectRun run, SelectLimits limits, boolean progress, String requestId, SelectRun.@Nullable Signal first) {
        this.run = run;
        this.limits = limits;
        this.progress = progress;
        this.requestId = requestId;
        this.next = first;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        EventStream events = new EventStream(out);
        try {
            while (send(next, events)) {
                if (run.isOverdue()) {
                    events.error(CosError.OVERLOAD.because("The query took longer than "
                            + limits.duration().toSeconds() + " seconds; select less at once."));
                    return;
                }
                if (!run.hasMore()) {
                    events.flush();
                }
                next = run.poll(limits.keepAlive());
            }
        } finally {
            run.stop();
        }
    }

    /** Whether there will be more. */
    private boolean send(SelectRun.@Nullable Signal signal, EventStream events) throws IOException {
        switch (signal) {
            case null -> tell(events);
            case SelectRun.Piece(byte[] bytes) -> {
                events.records(bytes);
                if (progress
                        && System.nanoTime() - toldNanos > limits.keepAlive().toNanos()) {
                    tell(events);
                }
            }
            case SelectRun.End end -> {
                if (end.failure().isPresent()) {
                    fail(end.failure().get(), events);
                } else {
                    if (progress) {
                        events.progress(run.counts());
                    }
                    events.stats(run.counts());
                    events.end();
                }
                return false;
            }
        }
        return true;
    }

    private void tell(EventStream events) throws IOException {
        toldNanos = System.nanoTime();
        if (progress) {
            events.progress(run.counts());
        } else {
            events.keepAlive();
        }
    }

    private void fail(CosException failure, EventStream events) throws IOException {
        if (failure.getCause() != null) {
            LOG.error("SELECT {} failed: {}", requestId, failure.message(), failure);
        }
        events.error(failure);
    }
}
