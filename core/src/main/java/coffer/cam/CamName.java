package coffer.cam;

import java.util.regex.Pattern;

/** The names of users, groups, roles, policies and webhooks. Source: CAM docs, "Limits". */
final class CamName {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@+=,-]{0,63}");

    private CamName() {}

    /**
     * Lets pass what can be a name.
     *
     * @throws CamException {@code INVALID_ARGUMENT}
     */
    static String check(String what, String name) {
        if (!ALLOWED.matcher(name).matches()) {
            throw CamError.INVALID_ARGUMENT.because("The name of a " + what
                    + " has 1 to 64 letters, digits and . _ @ + = , - and begins with a letter or digit; '" + name
                    + "' does not.");
        }
        return name;
    }

    /**
     * Lets pass what can be the name of a user: not digits alone, which would be a UIN.
     *
     * @throws CamException {@code INVALID_ARGUMENT}
     */
    static String checkUser(String name) {
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw CamError.INVALID_ARGUMENT.because("The name of a user does not consist of digits alone.");
        }
        return check("user", name);
    }
}
