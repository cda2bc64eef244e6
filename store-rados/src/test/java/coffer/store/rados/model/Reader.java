package coffer.store.rados.model;

import coffer.store.rados.model.BlobBounds.Breach;

/**
 * A gateway's reads, one after another, and the renewals of its lease, which tell its oldest pin. A pin remembers how many
 * renewals there had been. Who learns that it was declared dead stops.
 */
record Reader(int gateway) {
    private static final byte IDLE = 0;
    private static final byte SAW = 1;
    private static final byte PINNED = 2;
    private static final byte READING = 3;
    private static final byte STOPPED = 4;

    void steps(BlobState state, Model.Steps steps) {
        int at = state.reader(gateway);
        byte blob = state.data[at + 1];
        switch (state.data[at]) {
            case IDLE -> {
                if (state.named() != 0) {
                    go(state, SAW, state.named(), 0, "reads the row", steps);
                }
            }
            case SAW -> {
                byte then = state.bounds.breaks(Breach.PIN_WITHOUT_LOOKING_AGAIN) ? READING : PINNED;
                go(state, then, blob, state.renewals(gateway) + 1, "pins blob " + (blob - 1), steps);
            }
            case PINNED -> {
                if (state.named() == blob) {
                    go(state, READING, blob, state.data[at + 2], "reads the row again and its blob", steps);
                } else {
                    go(state, IDLE, 0, 0, "reads the row again and finds another blob", steps);
                }
            }
            case READING -> go(state, IDLE, 0, 0, "has read its blob", steps);
            default -> {}
        }
        renew(state, steps);
    }

    /** Whether the gateway is reading a blob that it must be able to read. */
    boolean reads(BlobState state, int blob) {
        int at = state.reader(gateway);
        return state.data[at] == READING && state.data[at + 1] == blob + 1;
    }

    private void renew(BlobState state, Model.Steps steps) {
        int at = state.renewal(gateway);
        BlobState next = state.copy();
        if (state.data[at] == 1) {
            next.data[at] = 0;
            next.data[at + 1] = 0;
            boolean refused = state.isDeclaredDead(gateway) && !state.bounds.breaks(Breach.RENEW_WHEN_DEAD);
            if (refused) {
                go(next, STOPPED, 0, 0, "learns that it was declared dead", steps);
            } else {
                next.renew(gateway, state.data[at + 1]);
                steps.add(() -> this + " has its lease renewed", false, next.data);
            }
        } else if (state.renewals(gateway) < state.bounds.renewals() && state.data[state.reader(gateway)] != STOPPED) {
            next.data[at] = 1;
            next.data[at + 1] = state.data[state.reader(gateway) + 2];
            steps.add(() -> this + " sends a renewal", false, next.data);
        }
    }

    private void go(BlobState state, byte step, int blob, int pin, String what, Model.Steps steps) {
        BlobState next = state.copy();
        int at = next.reader(gateway);
        next.data[at] = step;
        next.data[at + 1] = (byte) blob;
        next.data[at + 2] = (byte) pin;
        steps.add(() -> this + " " + what, false, next.data);
    }

    @Override
    public String toString() {
        return "reader " + gateway;
    }
}
