package coffer.lifecycle;

/** What is to be done with a version. */
public sealed interface LifecycleAction {
    /** Nothing. */
    record Keep() implements LifecycleAction {}

    /** A current version is deleted as a client would; another one for good. */
    record Expire() implements LifecycleAction {}

    /**
     * It gets another storage class.
     *
     * @param storageClass its name
     */
    record Move(String storageClass) implements LifecycleAction {}
}
