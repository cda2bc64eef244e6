package coffer.store.rados.model;

/**
 * One state of the life of blobs. Gateway n is one instance and uploads blob n; all uploads are to one key. Where a blob
 * may be missing, its number plus one is stored and 0 is none.
 */
final class BlobState {
    /** Of the row B of a blob. */
    static final byte UNMARKED = 0;

    static final byte ADOPTED = 1;
    static final byte DEAD = 2;

    private static final int BLOB = 3;
    private static final int GATEWAY = 12;

    final BlobBounds bounds;
    final byte[] data;

    BlobState(BlobBounds bounds, byte[] data) {
        this.bounds = bounds;
        this.data = data;
    }

    /** No row, no data, leases just taken. */
    static BlobState initial(BlobBounds bounds) {
        BlobState state = new BlobState(bounds, new byte[0]);
        return new BlobState(bounds, new byte[state.collector(bounds.collectors())]);
    }

    BlobState copy() {
        return new BlobState(bounds, data.clone());
    }

    // Blobs: data, mark, garbage row; then the row that names one, plus one

    boolean hasData(int blob) {
        return data[blob * BLOB] == 1;
    }

    void setData(int blob, boolean isThere) {
        data[blob * BLOB] = (byte) (isThere ? 1 : 0);
    }

    byte mark(int blob) {
        return data[blob * BLOB + 1];
    }

    void setMark(int blob, byte mark) {
        data[blob * BLOB + 1] = mark;
    }

    boolean isGarbage(int blob) {
        return data[blob * BLOB + 2] == 1;
    }

    void setGarbage(int blob, boolean isGarbage) {
        data[blob * BLOB + 2] = (byte) (isGarbage ? 1 : 0);
    }

    private int row() {
        return bounds.gateways() * BLOB;
    }

    byte named() {
        return data[row()];
    }

    /**
     * The commit of an upload, one guarded operation on the leaf.
     *
     * @param seen what the row named when it was read, plus one
     * @return whether it was done
     */
    boolean commit(int blob, byte seen) {
        boolean adoptable = mark(blob) == UNMARKED || bounds.breaks(BlobBounds.Breach.ADOPT_WITHOUT_GUARD);
        if (named() != seen || !adoptable) {
            return false;
        }
        data[row()] = (byte) (blob + 1);
        setMark(blob, ADOPTED);
        if (seen != 0) {
            setMark(seen - 1, UNMARKED);
            setGarbage(seen - 1, true);
        }
        return true;
    }

    /** Marks a blob dead unless it was adopted, one guarded operation; whether it is dead now. */
    boolean kill(int blob) {
        boolean waits = isGarbage(blob) && !bounds.breaks(BlobBounds.Breach.MARK_WHILE_GARBAGE);
        if (mark(blob) == UNMARKED && !waits) {
            setMark(blob, DEAD);
        }
        return mark(blob) == DEAD;
    }

    // Gateways: their record (dead, renewals, oldest pin), and what they remember

    private int gateway(int gateway) {
        return row() + 1 + gateway * GATEWAY;
    }

    boolean isDeclaredDead(int gateway) {
        return data[gateway(gateway)] == 1;
    }

    void declareDead(int gateway) {
        data[gateway(gateway)] = 1;
    }

    int renewals(int gateway) {
        return data[gateway(gateway) + 1];
    }

    /** The renewal before its oldest pin, plus one; 0 if it had none. */
    int oldestPin(int gateway) {
        return data[gateway(gateway) + 2];
    }

    /** The owner's record anew; guarded by the old one, so only what was declared dead is not renewed. */
    void renew(int gateway, int oldestPin) {
        data[gateway(gateway)] = 0;
        data[gateway(gateway) + 1]++;
        data[gateway(gateway) + 2] = (byte) oldestPin;
    }

    /** A renewal under way: flag, the oldest pin it tells. */
    int renewal(int gateway) {
        return gateway(gateway) + 3;
    }

    /** An upload: step, what the row named when it was read. */
    int upload(int gateway) {
        return gateway(gateway) + 5;
    }

    /** A commit whose answer is no longer waited for: flag, what it expects the row to name. */
    int late(int gateway) {
        return gateway(gateway) + 7;
    }

    /** A reader: step, the blob plus one, the renewal before the pin plus one while there is a pin. */
    int reader(int gateway) {
        return gateway(gateway) + 9;
    }

    /** A collector: step, blob, for each gateway the renewals noted. */
    int collector(int collector) {
        return gateway(bounds.gateways()) + collector * (2 + bounds.readers());
    }

    /** How often a gateway had renewed when a collector noted it, plus one; 0 if it has not, or need not any longer. */
    int noted(int collector, int gateway) {
        return data[collector(collector) + 2 + gateway];
    }

    void note(int collector, int gateway, int renewalsPlusOne) {
        data[collector(collector) + 2 + gateway] = (byte) renewalsPlusOne;
    }
}
