package coffer.store.rados;

import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What the others know of a running engine.
 *
 * @param number from 1, used once; in the ids of the blobs that it makes
 * @param isDead whether another has found that it does not renew: whatever it has not adopted is deleted
 * @param renewals how often it has renewed; each change of what follows is one
 * @param oldestPin the number of renewals there had been when the oldest of its pins was made, those of {@code pinned}
 *     left aside; {@link #NO_PIN} if there is none
 * @param pinned the blobs of pins that have been there for long
 */
record InstanceState(int number, boolean isDead, long renewals, long oldestPin, List<Long> pinned) {
    static final long NO_PIN = Long.MAX_VALUE;

    private static final byte FORMAT = 1;
    private static final int FIXED_BYTES = 18;

    InstanceState {
        pinned = List.copyOf(pinned);
    }

    InstanceState renewed(Pins.Told pins) {
        return new InstanceState(number, false, renewals + 1, pins.oldest(), pins.blobs());
    }

    InstanceState dead() {
        return new InstanceState(number, true, renewals, oldestPin, List.of());
    }

    /** 01, whether it is dead, renewals 8, oldest pin 8, then 8 for each pinned blob. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(FIXED_BYTES + Long.BYTES * pinned.size())
                .put(FORMAT)
                .put((byte) (isDead ? 1 : 0))
                .putLong(renewals)
                .putLong(oldestPin);
        pinned.forEach(bytes::putLong);
        return bytes.array();
    }

    /** @throws StoreException {@code CORRUPT} if that is none */
    static InstanceState fromBytes(int number, byte[] value) {
        if (value.length < FIXED_BYTES || value[0] != FORMAT) {
            throw new StoreException(StoreException.Reason.CORRUPT, "the state of an instance is not readable");
        }
        ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1);
        boolean isDead = in.get() != 0;
        long renewals = in.getLong();
        long oldestPin = in.getLong();
        List<Long> pinned = new ArrayList<>();
        while (in.remaining() >= Long.BYTES) {
            pinned.add(in.getLong());
        }
        return new InstanceState(number, isDead, renewals, oldestPin, pinned);
    }
}
