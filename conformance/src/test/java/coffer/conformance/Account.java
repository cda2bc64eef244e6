package coffer.conformance;

/** The account every server of these tests is started with. */
public final class Account {
    /** The number at the end of every bucket's name. */
    public static final String APPID = "1250000000";

    /** The id of the account's permanent key. */
    public static final String SECRET_ID = "AKIDconformance00000000000000000001";

    /** The secret of the account's permanent key. */
    public static final String SECRET_KEY = "conformanceSecret000000000000001";

    /** The region the clients believe to be in. */
    public static final String REGION = "ap-guangzhou";

    private Account() {}

    /** The name under which a client reaches a bucket. */
    public static String host(String bucket) {
        return bucket + ".cos." + REGION + ".myqcloud.com";
    }
}
