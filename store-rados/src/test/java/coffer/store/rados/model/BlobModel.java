package coffer.store.rados.model;

import java.util.Optional;

/**
 * Blobs from their first byte to their last: uploads, readers and collectors, each step one operation on one object. The
 * leaf is one that does not split: its header guards each commit here as in {@link RangeModel}.
 */
record BlobModel(BlobBounds bounds) implements Model {
    @Override
    public byte[] initial() {
        return BlobState.initial(bounds).data;
    }

    @Override
    public void steps(byte[] data, Steps steps) {
        BlobState state = new BlobState(bounds, data);
        for (int gateway = 0; gateway < bounds.gateways(); gateway++) {
            new Uploader(gateway).steps(state, steps);
        }
        for (int reader = 0; reader < bounds.readers(); reader++) {
            new Reader(reader).steps(state, steps);
        }
        for (int collector = 0; collector < bounds.collectors(); collector++) {
            new Collector(collector).steps(state, steps);
        }
    }

    @Override
    public Optional<String> violation(byte[] data) {
        BlobState state = new BlobState(bounds, data);
        int named = state.named() - 1;
        if (named >= 0 && !state.hasData(named)) {
            return Optional.of("the row names blob " + named + ", whose data is gone");
        }
        if (named >= 0 && state.mark(named) != BlobState.ADOPTED) {
            return Optional.of("the row names blob " + named + ", which is not adopted");
        }
        for (int gateway = 0; gateway < bounds.readers(); gateway++) {
            for (int blob = 0; blob < bounds.gateways(); blob++) {
                boolean reads = !state.isDeclaredDead(gateway) && new Reader(gateway).reads(state, blob);
                if (reads && !state.hasData(blob)) {
                    return Optional.of("reader " + gateway + " reads blob " + blob + ", whose data is gone");
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean isSettled(byte[] data) {
        BlobState state = new BlobState(bounds, data);
        boolean settled = true;
        for (int blob = 0; blob < bounds.gateways(); blob++) {
            settled &= !state.isGarbage(blob) && state.hasData(blob) == (state.named() == blob + 1);
        }
        return settled;
    }
}
