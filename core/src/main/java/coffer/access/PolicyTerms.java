package coffer.access;

/** What a statement names, whichever grammar it is written in. */
final class PolicyTerms {
    private PolicyTerms() {}

    /** Actions. */
    interface Actions {
        /**
         * Whether an action of COS is among them.
         *
         * @param action as COS calls it
         * @param request tells apart what AWS has several actions for
         */
        boolean match(String action, ConditionValues request);

        /** As above, with the action of another service, which is named with it. */
        boolean matchOfServices(String action);
    }

    /** Resources. */
    interface Resources {
        boolean match(Resource resource);

        /** As above, with the whole name of a resource of another service. */
        boolean matchOfServices(String resource);
    }

    /** Those whom a statement of a bucket policy is about. */
    interface Principals {
        /** Whether everybody is meant, signed or not. */
        boolean isEverybody();

        /** Whether somebody is meant, where {@code bucketOwnerUin} owns the bucket. */
        boolean include(Requester requester, String bucketOwnerUin);
    }
}
