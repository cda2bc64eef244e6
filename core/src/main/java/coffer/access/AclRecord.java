package coffer.access;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * How an {@link Acl} stands in a stored record: the number of grants, then for each the grantee's id and a permission. One
 * that leaves out its owner begins with a pair of empty texts, which counts too.
 */
public final class AclRecord {
    private AclRecord() {}

    public static void write(RecordWriter out, Acl acl) {
        out.number(acl.grants().size() + (acl.leavesOutOwner() ? 1 : 0));
        if (acl.leavesOutOwner()) {
            out.text("").text("");
        }
        for (Grant grant : acl.grants()) {
            out.text(grant.grantee().id()).text(grant.permission().name());
        }
    }

    public static Acl read(RecordReader in) {
        int count = in.count();
        List<Grant> grants = new ArrayList<>();
        boolean leavesOutOwner = false;
        for (int i = 0; i < count; i++) {
            String id = in.text();
            if (i == 0 && id.isEmpty()) {
                leavesOutOwner = in.text().isEmpty();
                continue;
            }
            Grantee grantee = Grantee.ofUri(id)
                    .or(() -> Grantee.ofId(id))
                    .orElseThrow(() -> new IllegalStateException("the store holds a grantee of an unknown kind"));
            grants.add(new Grant(grantee, Permission.valueOf(in.text())));
        }
        return new Acl(grants, leavesOutOwner);
    }
}
