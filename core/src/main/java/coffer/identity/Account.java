package coffer.identity;

/**
 * An account of this server.
 *
 * @param appId digits; the end of the names of its buckets
 * @param uin digits; how ACLs and owners name it
 */
public record Account(String appId, String uin) {
    /** The root user of the account, as ACLs and listings show it. */
    public String ownerId() {
        return "qcs::cam::uin/" + uin + ":uin/" + uin;
    }
}
