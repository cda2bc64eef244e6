package coffer.store.rados.model;

import coffer.store.rados.model.BlobBounds.Breach;

/** A gateway's upload of one blob: its data, then the commit that adopts it; what follows when no answer comes. */
record Uploader(int gateway) {
    private static final byte WRITE = 0;
    private static final byte READ_ROW = 1;
    private static final byte COMMIT = 2;
    /** The outcome of the commit is unknown. */
    private static final byte KILL = 3;

    private static final byte DELETE = 4;
    private static final byte DONE = 5;

    void steps(BlobState state, Model.Steps steps) {
        int at = state.upload(gateway);
        BlobState next = state.copy();
        switch (state.data[at]) {
            case WRITE -> {
                next.setData(gateway, true);
                next.data[at] = READ_ROW;
                step(steps, "writes the data of its blob", next);
            }
            case READ_ROW -> {
                next.data[at] = COMMIT;
                next.data[at + 1] = state.named();
                step(steps, "reads the row", next);
            }
            case COMMIT -> commit(state, steps);
            case KILL -> {
                boolean deletes = next.kill(gateway);
                next.data[at] = deletes ? DELETE : DONE;
                step(steps, deletes ? "marks its blob dead" : "finds its blob adopted", next);
            }
            case DELETE -> {
                next.setData(gateway, false);
                next.data[at] = DONE;
                step(steps, "deletes the data of its blob", next);
            }
            default -> {}
        }
        late(state, steps);
    }

    boolean isDone(BlobState state) {
        return state.data[state.upload(gateway)] == DONE;
    }

    private void commit(BlobState state, Model.Steps steps) {
        int at = state.upload(gateway);
        byte seen = state.data[at + 1];
        BlobState next = state.copy();
        boolean done = next.commit(gateway, seen);
        boolean again = !done && state.mark(gateway) == BlobState.UNMARKED;
        next.data[at] = again ? READ_ROW : DONE;
        next.data[at + 1] = 0;
        step(steps, done ? "commits its blob" : "is refused to commit its blob", next);

        BlobState unknown = state.copy();
        unknown.data[at] = state.bounds.breaks(Breach.DISCARD_WITHOUT_MARK) ? DELETE : KILL;
        unknown.data[at + 1] = 0;
        unknown.data[state.late(gateway)] = 1;
        unknown.data[state.late(gateway) + 1] = seen;
        step(steps, "gets no answer to its commit", unknown);
    }

    private void late(BlobState state, Model.Steps steps) {
        int at = state.late(gateway);
        if (state.data[at] == 1) {
            BlobState next = state.copy();
            boolean done = next.commit(gateway, state.data[at + 1]);
            next.data[at] = 0;
            next.data[at + 1] = 0;
            step(steps, done ? "commits its blob, late" : "is refused a late commit", next);
        }
    }

    private void step(Model.Steps steps, String what, BlobState next) {
        steps.add(() -> "gateway " + gateway + " " + what, false, next.data);
    }
}
