package coffer.admin;

/**
 * What an operation of the admin API does.
 *
 * @param body the record that is sent, {@link None} if nothing is
 * @param answer the record that is answered, {@link None} if nothing is
 */
record AdminWork(Class<?> body, Class<?> answer, AdminHandler handler) {
    /** No body. */
    record None() {}

    /** Work that needs a body and answers. */
    static AdminWork takes(Class<?> body, Class<?> answer, AdminHandler handler) {
        return new AdminWork(body, answer, handler);
    }

    /** Work that needs no body and answers. */
    static AdminWork answers(Class<?> answer, AdminHandler handler) {
        return new AdminWork(None.class, answer, handler);
    }

    /** Work that needs no body and has nothing to answer. */
    static AdminWork does(AdminHandler handler) {
        return new AdminWork(None.class, None.class, handler);
    }

    boolean needsBody() {
        return body != None.class;
    }

    boolean answersNothing() {
        return answer == None.class;
    }
}
