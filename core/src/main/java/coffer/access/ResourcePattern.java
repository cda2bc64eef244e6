package coffer.access;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resources a statement names: {@code *}, or six segments {@code qcs:<project>:cos:<region>:<account>:<path>}. An
 * empty segment means any. A path is literal but for {@code *}, which stands for any run of characters, slashes too.
 * Source: COS docs, "Access Policy Language", "Resource".
 *
 * @param byUin whether the account is named by its UIN, {@code uin/<UIN>}, not by its APPID, {@code uid/<APPID>}
 * @param whole for resources of other services, which have names of their own kinds
 */
record ResourcePattern(Wildcard region, boolean byUin, Wildcard account, Wildcard path, Wildcard whole)
        implements PolicyTerms.Resources {
    private static final Wildcard ANY = Wildcard.of("*");

    /** Matches no path: those of resources hold no blank before their first slash. */
    private static final Wildcard NONE = Wildcard.of(" ");

    private static final Pattern ACCOUNT = Pattern.compile("(?:(uid|uin)/([0-9]{1,20}|\\*))?|\\*");
    private static final Pattern LEGACY_PATH = Pattern.compile("prefix//([0-9*]{1,20})/([^/]*)(/.*)?", Pattern.DOTALL);

    /** Reads a pattern; empty if it has another form. The resources of other services match nothing of COS. */
    static Optional<ResourcePattern> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(new ResourcePattern(ANY, false, ANY, ANY, ANY));
        }
        String[] segments = text.split(":", 6);
        if (segments.length < 6 || !segments[0].equals("qcs")) {
            return Optional.empty();
        }
        if (!segments[2].equals("cos") && !segments[2].equals("*")) {
            return Optional.of(new ResourcePattern(ANY, false, ANY, NONE, Wildcard.of(text)));
        }
        Matcher owner = ACCOUNT.matcher(segments[4]);
        if (!owner.matches() || segments[5].isEmpty()) {
            return Optional.empty();
        }
        boolean byUin = segments[4].startsWith("uin/");
        Wildcard account = owner.group(2) == null ? ANY : anyOr(owner.group(2));
        return Optional.of(
                new ResourcePattern(anyOr(segments[3]), byUin, account, anyOr(path(segments[5])), Wildcard.of(text)));
    }

    @Override
    public boolean matchOfServices(String resource) {
        return whole.matches(resource);
    }

    @Override
    public boolean match(Resource resource) {
        return resource.kind() == Resource.Kind.SERVICE
                ? isEverything()
                : path.matches(resource.path()) && region.matches(resource.region()) && isOf(resource);
    }

    /** Whether it names nothing outside a bucket. What is {@code *} alone means that bucket where it stands. */
    boolean isWithin(Resource bucket) {
        return isEverything()
                || (path.toString().startsWith(bucket.path()) && region.matches(bucket.region()) && isOf(bucket));
    }

    private boolean isEverything() {
        return path == ANY && region == ANY && account == ANY;
    }

    private boolean isOf(Resource resource) {
        return account.matches(byUin ? resource.owner().uin() : resource.owner().appId());
    }

    /** A bucket named without a slash is the bucket; {@code prefix//<APPID>/<name>/} is how paths once began. */
    private static String path(String text) {
        Matcher legacy = LEGACY_PATH.matcher(text);
        if (legacy.matches()) {
            String key = legacy.group(3) == null ? "/" : legacy.group(3);
            boolean isAll = legacy.group(2).equals("*") && legacy.group(3) == null;
            return isAll ? "*-" + legacy.group(1) + "/*" : legacy.group(2) + "-" + legacy.group(1) + key;
        }
        return text.contains("/") || text.contains("*") ? text : text + "/";
    }

    private static Wildcard anyOr(String segment) {
        return segment.isEmpty() || segment.equals("*") ? ANY : Wildcard.of(segment);
    }
}
