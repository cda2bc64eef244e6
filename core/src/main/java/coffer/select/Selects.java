package coffer.select;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.object.ObjectContent;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** Runs queries, a few at once, each on a thread of its own. Thread-safe. */
public final class Selects {
    /** Expressions nest, and are evaluated by methods that call each other. */
    private static final long STACK_BYTES = 8L * 1024 * 1024;

    private final Optional<SelectEngine> engine;
    private final Semaphore free;
    private final SelectLimits limits;
    private final ThreadFactory threads = Thread.ofPlatform()
            .daemon()
            .name("select-", 1)
            .stackSize(STACK_BYTES)
            .factory();

    /** @param engine empty if there is none: then every query is answered {@code NotImplemented} */
    public Selects(Optional<SelectEngine> engine, SelectLimits limits) {
        this.engine = engine;
        this.limits = limits;
        this.free = new Semaphore(limits.running());
    }

    SelectEngine engine() {
        return engine.orElseThrow(() -> CosError.NOT_IMPLEMENTED.because(
                "This server was built or installed without its engine for SELECT, the module coffer-select."));
    }

    SelectLimits limits() {
        return limits;
    }

    /**
     * Starts a query. The content is closed when the query has ended, or if it is not started.
     *
     * @throws CosException {@code Busy} if too many are running
     */
    SelectRun start(SelectEngine.Query query, ObjectContent content) {
        if (!free.tryAcquire()) {
            content.close();
            throw CosError.BUSY.exception();
        }
        SelectRun run = new SelectRun(limits.duration());
        boolean started = false;
        try {
            threads.newThread(() -> work(run, query, content)).start();
            started = true;
            return run;
        } finally {
            if (!started) {
                content.close();
                free.release();
            }
        }
    }

    private void work(SelectRun run, SelectEngine.Query query, ObjectContent content) {
        try (content) {
            run.run(query, new Input(content));
        } finally {
            free.release();
        }
    }

    private record Input(ObjectContent content) implements SelectInput {
        @Override
        public long lengthBytes() {
            return content.lengthBytes();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return content.read(offset, target);
        }
    }
}
