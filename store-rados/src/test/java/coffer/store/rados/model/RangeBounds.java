package coffer.store.rados.model;

/**
 * How much of the world is explored.
 *
 * @param keys how many keys the space has, each with a row at the start
 * @param plans how many splits and merges are begun at most, given up ones included
 * @param planners gateways that begin them
 * @param finishers gateways that finish or give up what others began
 * @param commits how many commits are sent at most
 * @param inFlight how many of them may be under way at once
 * @param listing whether a gateway with an old map lists the space
 * @param breach the rule that is broken
 */
record RangeBounds(
        int keys, int plans, int planners, int finishers, int commits, int inFlight, boolean listing, Breach breach) {

    /** One rule of the protocol that is not kept, to see that the search would tell. */
    enum Breach {
        NONE,
        /** Children open before the parent has moved. */
        OPEN_BEFORE_MOVE,
        /** The child of a merge opens when the first parent has moved. */
        OPEN_AFTER_ONE_MOVE,
        /** Rows are copied into a child whatever its header says. */
        COPY_WITHOUT_GUARD,
        /** Rows are copied while the parent is still open. */
        COPY_BEFORE_SEAL,
        /** A plan is given up without a new epoch for its parent. */
        ABORT_WITHOUT_RAISE,
        /** The planner reads the header it seals with after the plan is written. */
        HEADER_READ_AFTER_PLAN,
        /** Two plans for one leaf are let in. */
        PLANS_NOT_EXCLUSIVE,
        /** Leaves of different plans have the same ids and headers. */
        REUSED_IDS,
        /** Commits compare the row only. */
        COMMIT_WITHOUT_HEADER,
        /** Leaves are deleted when they have moved, though the map still names them. */
        CLEAN_BEFORE_MAP,
        /** The map changes without noting which leaves are left over. */
        MAP_WITHOUT_LEFTOVERS,
        /** Rows of a leaf are believed though it has moved. */
        READ_OF_MOVED,
        /** A listing goes on where its old map says that the next leaf begins. */
        LISTING_BY_MAP
    }

    /** The same world with one rule broken. */
    RangeBounds breaking(Breach rule) {
        return new RangeBounds(keys, plans, planners, finishers, commits, inFlight, listing, rule);
    }

    boolean breaks(Breach rule) {
        return breach == rule;
    }

    int leaves() {
        return 1 + 2 * plans;
    }

    /** The leaf that a plan creates first or second. */
    int child(int plan, int which) {
        return 1 + which + (breaks(Breach.REUSED_IDS) ? 0 : 2 * plan);
    }
}
