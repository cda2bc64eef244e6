package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;

/** What the {@link Authorizer} answers. */
public sealed interface Decision {
    /** What made it so; for logs, never for the one who asked. */
    Reason reason();

    record Allowed(Reason reason) implements Decision {
        @Override
        public String toString() {
            return "allowed: " + reason;
        }
    }

    record Denied(Reason reason) implements Decision {
        @Override
        public String toString() {
            return "denied: " + reason;
        }
    }

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    /**
     * Goes on if it is allowed.
     *
     * @throws CosException {@code AccessDenied}
     */
    default void require() {
        if (!isAllowed()) {
            throw CosError.ACCESS_DENIED.exception();
        }
    }
}
