package coffer.access;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.util.ArrayList;
import java.util.List;

/** How an {@link Acl} stands in a stored record: the number of grants, then for each the grantee's id and a permission. */
public final class AclRecord {
    private AclRecord() {}

    public static void write(RecordWriter out, Acl acl) {
        out.number(acl.grants().size());
        for (Grant grant : acl.grants()) {
            out.text(grant.grantee().id()).text(grant.permission().name());
        }
    }

    public static Acl read(RecordReader in) {
        int count = in.count();
        List<Grant> grants = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = in.text();
            Grantee grantee = Grantee.ofUri(id)
                    .or(() -> Grantee.ofId(id))
                    .orElseThrow(() -> new IllegalStateException("the store holds a grantee of an unknown kind"));
            grants.add(new Grant(grantee, Permission.valueOf(in.text())));
        }
        return new Acl(grants);
    }
}
