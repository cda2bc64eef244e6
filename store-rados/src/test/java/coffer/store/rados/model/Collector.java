package coffer.store.rados.model;

import coffer.store.rados.model.BlobBounds.Breach;

/**
 * Declares instances dead, deletes what dead ones left unadopted, and what was released once nobody can still read it. It
 * may declare a living instance dead at any time: that costs its uploads and reads, never anybody's data.
 */
record Collector(int collector) {
    private static final byte IDLE = 0;
    private static final byte KILL = 1;
    private static final byte DELETE = 2;
    private static final byte NOTE = 3;
    private static final byte WAIT = 4;
    private static final byte FREE = 5;
    private static final byte FORGET = 6;

    void steps(BlobState state, Model.Steps steps) {
        int at = state.collector(collector);
        int blob = state.data[at + 1];
        BlobState next = state.copy();
        declare(state, steps);
        switch (state.data[at]) {
            case IDLE -> choose(state, steps);
            case KILL -> {
                boolean unmarked = state.bounds.breaks(Breach.DELETE_WITHOUT_MARK);
                boolean deletes = unmarked ? state.mark(blob) == BlobState.UNMARKED : next.kill(blob);
                next.data[at] = deletes ? DELETE : IDLE;
                next.data[at + 1] = (byte) (deletes ? blob : 0);
                String how = unmarked ? "sees that nothing names blob " : "marks dead blob ";
                step(steps, deletes ? how + blob : "leaves blob " + blob + " alone", next);
            }
            case DELETE -> {
                next.setData(blob, false);
                next.data[at] = IDLE;
                next.data[at + 1] = 0;
                step(steps, "deletes the data of blob " + blob, next);
            }
            case FREE -> {
                next.setData(blob, false);
                next.data[at] = FORGET;
                step(steps, "deletes the data of blob " + blob + ", released", next);
            }
            case FORGET -> {
                next.setGarbage(blob, false);
                next.data[at] = IDLE;
                next.data[at + 1] = 0;
                step(steps, "removes the garbage row of blob " + blob, next);
            }
            case NOTE -> note(state, blob, steps);
            case WAIT -> await(state, blob, steps);
            default -> throw new IllegalStateException();
        }
    }

    private void declare(BlobState state, Model.Steps steps) {
        for (int gateway = 0; gateway < state.bounds.gateways(); gateway++) {
            if (!state.isDeclaredDead(gateway)) {
                BlobState next = state.copy();
                next.declareDead(gateway);
                step(steps, "declares gateway " + gateway + " dead", next);
            }
        }
    }

    private void choose(BlobState state, Model.Steps steps) {
        for (int gateway = 0; gateway < state.bounds.gateways(); gateway++) {
            if (state.isDeclaredDead(gateway) && state.hasData(gateway)) {
                step(steps, "finds data of blob " + gateway + ", of a dead gateway", at(state, KILL, gateway));
            }
        }
        for (int blob = 0; blob < state.bounds.gateways(); blob++) {
            if (state.isGarbage(blob) || state.bounds.breaks(Breach.NOTE_BEFORE_GARBAGE)) {
                boolean atOnce = state.bounds.breaks(Breach.IGNORE_PINS);
                step(steps, "looks for garbage, blob " + blob, at(state, atOnce ? FREE : NOTE, blob));
            }
        }
    }

    private void note(BlobState state, int blob, Model.Steps steps) {
        int gateway = 0;
        while (state.noted(collector, gateway) != 0) {
            gateway++;
        }
        boolean isLast = gateway + 1 == state.bounds.readers();
        BlobState next = at(state, isLast ? WAIT : NOTE, blob);
        next.note(collector, gateway, state.renewals(gateway) + 1);
        step(steps, "notes how often gateway " + gateway + " has renewed", next);
    }

    /** Sees of one gateway after another that what it had pinned before its renewals were noted is pinned no longer. */
    private void await(BlobState state, int blob, Model.Steps steps) {
        int gateway = 0;
        while (state.noted(collector, gateway) == 0) {
            gateway++;
        }
        int noted = state.noted(collector, gateway);
        int needed = state.bounds.breaks(Breach.ONE_RENEWAL) ? noted : noted + 1;
        boolean pinsAreNew = state.oldestPin(gateway) == 0 || state.oldestPin(gateway) > noted;
        if (state.isDeclaredDead(gateway) || (state.renewals(gateway) >= needed && pinsAreNew)) {
            boolean isLast = gateway + 1 == state.bounds.readers();
            byte then = state.isGarbage(blob) ? FREE : IDLE;
            BlobState next = at(state, isLast ? then : WAIT, isLast && then == IDLE ? 0 : blob);
            next.note(collector, gateway, 0);
            step(steps, "sees that gateway " + gateway + " has no pin from before", next);
        }
    }

    private BlobState at(BlobState state, byte step, int blob) {
        BlobState next = state.copy();
        next.data[next.collector(collector)] = step;
        next.data[next.collector(collector) + 1] = (byte) blob;
        return next;
    }

    private void step(Model.Steps steps, String what, BlobState next) {
        steps.add(() -> "collector " + collector + " " + what, collector == 0, next.data);
    }
}
