package coffer.accesslog;

import coffer.accesslog.AccessRecord.Answered;
import coffer.accesslog.AccessRecord.Asked;
import coffer.api.HttpDate;
import coffer.api.PercentCode;
import coffer.identity.Principal;
import java.util.Locale;

/**
 * A line of a log of COS: 31 fields with a blank between, {@code -} for what there is not. Source: COS docs, "Logging Overview".
 * Fields with blanks are put into quotes.
 */
final class CosLine {
    private static final String VERSION = "1.0";
    private static final String SOURCE_TYPE = "USER";
    private static final String NO_VPC = "0";

    private CosLine() {}

    static String of(AccessRecord record) {
        Asked asked = record.asked();
        Answered answered = record.answered();
        return String.join(
                " ",
                VERSION,
                record.source().bucket(),
                record.source().region(),
                HttpDate.iso(answered.ended()),
                LogText.field(asked.host()),
                asked.operation().cos(),
                LogText.field(asked.remoteAddress()),
                LogText.field(asked.secretId()),
                LogText.NOTHING,
                Long.toString(answered.receivedBytes()),
                Long.toString(answered.addedBytes()),
                PercentCode.encodeKey("/" + asked.key().orElse("")),
                LogText.field(asked.method().toLowerCase(Locale.ROOT)),
                LogText.field(asked.userAgent()),
                Integer.toString(answered.status()),
                LogText.field(answered.error().map(AccessRecord.Failure::code)),
                LogText.field(answered.error().map(AccessRecord.Failure::message)),
                Long.toString(answered.sentBytes()),
                Long.toString(answered.totalMillis()),
                SOURCE_TYPE,
                LogText.field(answered.storageClass()),
                record.source().ownerUin(),
                Long.toString(answered.turnAroundMillis()),
                requester(asked.caller()),
                asked.requestId(),
                LogText.field(answered.objectBytes()),
                LogText.field(answered.versionId()),
                LogText.field(answered.targetStorageClass()),
                LogText.field(asked.referer().map(LogText::withoutSecrets)),
                LogText.quoted(asked.method() + " " + LogText.withoutSecrets(asked.target()) + " HTTP/1.1"),
                NO_VPC);
    }

    private static String requester(Principal caller) {
        return switch (caller) {
            case Principal.Anonymous _ -> LogText.NOTHING;
            case Principal.Root root ->
                root.account().uin() + ":" + root.account().uin();
            case Principal.User user -> user.account().uin() + ":" + user.uin();
            case Principal.Role role -> role.account().uin() + ":" + role.id();
        };
    }
}
