package coffer.sts;

import coffer.api.CosException;
import coffer.api.PercentCode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a call names a role: {@code qcs::cam::uin/<owner>:roleName/<name>} or {@code qcs::cam::uin/<owner>:role/<id>},
 * percent-encoded or not; or as AWS writes it, {@code arn:aws:iam::<UIN or APPID>:role/<name>}. Source: STS API docs,
 * "AssumeRole"; AWS docs, "IAM ARNs".
 *
 * @param owner UIN of the account, or, as AWS writes it, perhaps its APPID
 * @param byId whether {@code role} is its id, not its name
 */
record RoleArn(String owner, boolean byId, String role) {
    private static final Pattern FORM =
            Pattern.compile("qcs::cam::uin/([0-9]{1,20}):(role|roleName)/([A-Za-z0-9._@+=,-]{1,128})");

    private static final Pattern AWS_FORM =
            Pattern.compile("arn:aws:iam::([0-9]{1,20}):role/(?:[^:]*/)?([A-Za-z0-9._@+=,-]{1,128})");

    /**
     * Reads it.
     *
     * @throws StsException {@code InvalidParameter.ParamError}
     */
    static RoleArn parse(String parameter) {
        String text = decode(parameter);
        Matcher aws = AWS_FORM.matcher(text);
        if (aws.matches()) {
            return new RoleArn(aws.group(1), false, aws.group(2));
        }
        Matcher matcher = FORM.matcher(text);
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
