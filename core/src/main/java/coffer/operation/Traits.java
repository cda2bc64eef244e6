package coffer.operation;

import coffer.event.Cause;

/** What the way of a request needs to know of its operation. */
final class Traits {
    private Traits() {}

    /** Who decides whether a caller may do it. */
    static AdmissionKind admission(Operation operation) {
        return switch (operation) {
            case PUT_BUCKET -> AdmissionKind.NEW_BUCKET;
            case POST_OBJECT, DELETE_MULTIPLE_OBJECTS, PUT_OBJECT_TAGGING -> AdmissionKind.BY_HANDLER;
            case GET_WEBSITE_PAGE, HEAD_WEBSITE_PAGE, FETCH_TASK, GET_FETCH_TASK -> AdmissionKind.BY_HANDLER;
            case OPTIONS_BUCKET, OPTIONS_OBJECT, OPTIONS_WEBSITE_PAGE -> AdmissionKind.NONE;
            default -> AdmissionKind.BY_ACTION;
        };
    }

    /** Whether it reads or writes a row or two and a few bytes, see {@link coffer.api.Gateway.Prepared#isBrief}. */
    static boolean isBrief(Operation operation) {
        return switch (operation) {
            case HEAD_BUCKET, GET_OBJECT, HEAD_OBJECT, PUT_OBJECT, DELETE_OBJECT -> true;
            default -> false;
        };
    }

    /** By what an operation changes objects. */
    static Cause.Act act(Operation operation) {
        return switch (operation) {
            case PUT_OBJECT, PUT_SYMLINK, FETCH_TASK -> Cause.Act.PUT;
            case POST_OBJECT -> Cause.Act.POST;
            case COPY_OBJECT, RENAME_OBJECT -> Cause.Act.COPY;
            case COMPLETE_MULTIPART_UPLOAD -> Cause.Act.COMPLETE_UPLOAD;
            case APPEND_OBJECT -> Cause.Act.APPEND;
            case RESTORE_OBJECT -> Cause.Act.RESTORE;
            case PUT_OBJECT_TAGGING -> Cause.Act.TAG;
            case DELETE_OBJECT_TAGGING -> Cause.Act.UNTAG;
            case PUT_OBJECT_ACL -> Cause.Act.SET_ACL;
            default -> Cause.Act.OTHER;
        };
    }
}
