package coffer.sts;

import coffer.api.CosException;
import coffer.api.PercentCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a call names a role: {@code qcs::cam::uin/<owner>:roleName/<name>} or {@code qcs::cam::uin/<owner>:role/<id>},
 * percent-encoded or not. Source: STS API docs, "AssumeRole".
 *
 * @param byId whether {@code role} is its id, not its name
 */
record RoleArn(String ownerUin, boolean byId, String role) {
    private static final Pattern FORM =
            Pattern.compile("qcs::cam::uin/([0-9]{1,20}):(role|roleName)/([A-Za-z0-9._@+=,-]{1,128})");

    /**
     * Reads it.
     *
     * @throws StsException {@code InvalidParameter.ParamError}
     */
    static RoleArn parse(String parameter) {
        Matcher matcher = FORM.matcher(decode(parameter));
        if (!matcher.matches()) {
            throw StsError.PARAM_ERROR.because("RoleArn must be qcs::cam::uin/<UIN>:roleName/<name> or "
                    + "qcs::cam::uin/<UIN>:role/<id>. There are no roles of services here.");
        }
        return new RoleArn(matcher.group(1), matcher.group(2).equals("role"), matcher.group(3));
    }

    private static String decode(String parameter) {
        try {
            return PercentCode.decodePath(parameter);
        } catch (CosException e) {
            return parameter;
        }
    }
}
