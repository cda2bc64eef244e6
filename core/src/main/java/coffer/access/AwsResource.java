package coffer.access;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The resources that a statement of an AWS policy names: {@code *}, {@code arn:aws:s3:::photos} for a bucket,
 * {@code arn:aws:s3:::photos/*} for what is in it. Buckets may be named with their APPID or without. Source: S3 docs,
 * "Amazon S3 resources".
 *
 * @param buckets what the names of buckets match, up to the first slash
 * @param paths what buckets and objects match
 * @param whole what the names of resources of other services match
 */
record AwsResource(Predicate<String> buckets, Predicate<String> paths, Predicate<String> whole)
        implements PolicyTerms.Resources {
    private static final Pattern FORM = Pattern.compile("arn:[^:]*:([^:]*):([^:]*):([^:]*):(.+)", Pattern.DOTALL);

    /** Reads a pattern; empty if it has another form. Resources of other services match nothing of S3. */
    static Optional<AwsResource> parse(String text) {
        if (text.equals("*")) {
            return Optional.of(new AwsResource(name -> true, path -> true, name -> true));
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        Predicate<String> whole = Glob.of(text);
        if (!matcher.group(1).equals("s3")) {
            return Optional.of(new AwsResource(name -> false, path -> false, whole));
        }
        boolean isBucket = isAny(matcher.group(2)) && isAny(matcher.group(3));
        String path = matcher.group(4);
        int slash = path.indexOf('/');
        return isBucket
                ? Optional.of(
                        new AwsResource(Glob.of(slash < 0 ? path : path.substring(0, slash)), Glob.of(path), whole))
                : Optional.empty();
    }

    @Override
    public boolean match(Resource resource) {
        return switch (resource.kind()) {
            case SERVICE -> paths.test("");
            case BUCKET -> paths.test(fullName(resource)) || paths.test(shortName(resource));
            case OBJECT -> {
                String key = resource.path().substring(resource.bucketPath().length() - 1);
                yield paths.test(fullName(resource) + key) || paths.test(shortName(resource) + key);
            }
        };
    }

    @Override
    public boolean matchOfServices(String resource) {
        return whole.test(resource);
    }

    /** Whether it names something of a bucket. */
    boolean touches(Resource bucket) {
        return buckets.test(fullName(bucket)) || buckets.test(shortName(bucket));
    }

    private static boolean isAny(String segment) {
        return segment.isEmpty() || segment.equals("*");
    }

    private static String fullName(Resource resource) {
        String path = resource.bucketPath();
        return path.substring(0, path.length() - 1);
    }

    private static String shortName(Resource resource) {
        String name = fullName(resource);
        String suffix = "-" + resource.owner().appId();
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }
}
