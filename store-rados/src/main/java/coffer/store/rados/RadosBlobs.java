package coffer.store.rados;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.util.List;

/** The blobs. Thread-safe. */
final class RadosBlobs implements BlobStore {
    private final BlobData data;
    private final BlobMemory memory = new BlobMemory();
    private final Heartbeat heartbeat;
    private final Pins pins;
    private final Health health;
    private volatile boolean closed;

    RadosBlobs(BlobData data, Heartbeat heartbeat, Pins pins, Health health) {
        this.data = data;
        this.heartbeat = heartbeat;
        this.pins = pins;
        this.health = health;
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException(StoreException.Reason.UNAVAILABLE, "the store is closed");
        }
    }

    @Override
    public BlobWriter create(long expectedBytes) {
        requireOpen();
        health.requireAnswers();
        Instance instance = heartbeat.current();
        return new StripeWriter(data, memory, instance, health, instance.next(), expectedBytes);
    }

    @Override
    public Blob open(BlobId id) {
        requireOpen();
        Pin pin = pins.pin(List.of(id));
        try {
            return new StripeReader(data, memory, id, data.find(id), pin);
        } catch (RuntimeException e) {
            pin.close();
            throw e;
        }
    }

    @Override
    public Pin pin(List<BlobId> ids) {
        return pins.pin(ids);
    }

    @Override
    public void discard(BlobId id) {
        heartbeat
                .of(Instance.numberOf(id))
                .filter(maker -> maker.isUnsettled(id) && !maker.isDoubtful(id))
                .ifPresent(maker -> discard(maker, id));
    }

    private void discard(Instance maker, BlobId id) {
        try {
            requireOpen();
            data.deleteFinished(id);
            maker.settled(id);
        } catch (StoreException e) {
            maker.deleteLater(id);
        }
    }

    void close() {
        closed = true;
    }
}
