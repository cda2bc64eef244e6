package coffer.conformance.linearizability;

/** What was done to one key, or seen of it. A content is any text that tells it from all others, such as its ETag. */
sealed interface Action {
    /** The content of a key that is not there. */
    String ABSENT = "nothing";

    /** Whether this can take place while the key has a content. */
    boolean isPossible(String content);

    /** The content after this took place. */
    String after(String before);

    /** Whether this can change the content. */
    default boolean isChange() {
        return true;
    }

    /** Whether this is possible with some contents only. */
    default boolean isConditional() {
        return true;
    }

    /** The key got this content, whatever it had. */
    record Put(String content) implements Action {
        @Override
        public boolean isPossible(String before) {
            return true;
        }

        @Override
        public String after(String before) {
            return content;
        }

        @Override
        public boolean isConditional() {
            return false;
        }
    }

    /** The key lost its content, if it had any. */
    record Delete() implements Action {
        @Override
        public boolean isPossible(String before) {
            return true;
        }

        @Override
        public String after(String before) {
            return ABSENT;
        }

        @Override
        public boolean isConditional() {
            return false;
        }
    }

    /** The key got this content because it had the expected one. */
    record Replace(String expected, String content) implements Action {
        @Override
        public boolean isPossible(String before) {
            return before.equals(expected);
        }

        @Override
        public String after(String before) {
            return content;
        }
    }

    /** The key had this content. */
    record Read(String found) implements Action {
        @Override
        public boolean isPossible(String content) {
            return content.equals(found);
        }

        @Override
        public String after(String before) {
            return before;
        }

        @Override
        public boolean isChange() {
            return false;
        }
    }

    /** The key was not replaced because it did not have the expected content. */
    record Refusal(String expected) implements Action {
        @Override
        public boolean isPossible(String content) {
            return !content.equals(expected);
        }

        @Override
        public String after(String before) {
            return before;
        }

        @Override
        public boolean isChange() {
            return false;
        }
    }
}
