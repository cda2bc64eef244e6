package coffer.conformance;

/** Documents of bucket policies. */
public final class Policies {
    /** Everybody, signed or not. */
    public static final String EVERYBODY = "{\"qcs\":[\"qcs::cam::anyone:anyone\"]}";

    private Policies() {}

    /** A policy of these statements. */
    public static String of(String... statements) {
        return "{\"version\":\"2.0\",\"statement\":[" + String.join(",", statements) + "]}";
    }

    /**
     * A statement about everybody.
     *
     * @param effect {@code allow} or {@code deny}
     * @param actions without prefix, with commas between
     * @param path below the bucket, for instance {@code docs/*}
     */
    public static String everybody(String effect, String actions, TestBucket bucket, String path) {
        return everybody(effect, actions, bucket, path, "{}");
    }

    /** The same under a condition, an object of JSON. */
    public static String everybody(String effect, String actions, TestBucket bucket, String path, String condition) {
        String list = "name/cos:" + actions.replace(",", "\",\"name/cos:");
        return "{\"effect\":\"" + effect + "\",\"principal\":" + EVERYBODY + ",\"action\":[\"" + list
                + "\"],\"resource\":[\"" + resource(bucket, path) + "\"],\"condition\":" + condition + "}";
    }

    /** How policies name what is in a bucket. */
    public static String resource(TestBucket bucket, String path) {
        return "qcs::cos:" + Account.REGION + ":uid/" + Account.APPID + ":" + bucket.name() + "/" + path;
    }
}
