package coffer.accesslog;

import coffer.accesslog.AccessRecord.Answered;
import coffer.accesslog.AccessRecord.Asked;
import coffer.api.PercentCode;
import coffer.identity.Principal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A line of a log of S3. Source: S3 docs, "Amazon S3 server access log format". What is not known here is {@code -}. */
final class S3Line {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "'['dd/MMM/yyyy:HH:mm:ss Z']'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private S3Line() {}

    static String of(AccessRecord record) {
        Asked asked = record.asked();
        Answered answered = record.answered();
        return String.join(
                " ",
                record.source().ownerId(),
                record.source().s3Bucket(),
                TIME.format(asked.begun()),
                LogText.field(asked.remoteAddress()),
                asked.caller() instanceof Principal.Anonymous
                        ? LogText.NOTHING
                        : LogText.field(asked.caller().qcs()),
                asked.requestId(),
                asked.operation().s3(),
                LogText.field(asked.key().map(PercentCode::encodeKey)),
                LogText.quoted(asked.method() + " " + LogText.withoutSecrets(asked.target()) + " HTTP/1.1"),
                Integer.toString(answered.status()),
                LogText.field(answered.error().map(AccessRecord.Failure::code)),
                answered.sentBytes() == 0 ? LogText.NOTHING : Long.toString(answered.sentBytes()),
                LogText.field(answered.objectBytes()),
                Long.toString(answered.totalMillis()),
                Long.toString(answered.turnAroundMillis()),
                LogText.quoted(asked.referer().map(LogText::withoutSecrets).orElse(LogText.NOTHING)),
                LogText.quoted(asked.userAgent().orElse(LogText.NOTHING)),
                LogText.field(answered.versionId()),
                LogText.NOTHING, // the host id
                LogText.field(asked.signature()),
                LogText.NOTHING, // the cipher suite
                LogText.field(asked.signaturePlace()),
                LogText.field(asked.host()),
                asked.tlsVersion().map(version -> "TLSv" + version).orElse(LogText.NOTHING),
                LogText.NOTHING, // the access point
                LogText.NOTHING); // whether an ACL was needed
    }
}
