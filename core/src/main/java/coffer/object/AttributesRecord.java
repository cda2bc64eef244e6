package coffer.object;

import coffer.access.Acl;
import coffer.access.AclRecord;
import coffer.lock.ObjectLock;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.Map;
import java.util.Optional;

/** How {@link Attributes} stand in a stored record. What few objects have is announced by a bit and else takes nothing. */
public final class AttributesRecord {
    private static final int TAGS = 1;
    private static final int ACL = 2;
    private static final int OWNER = 4;
    private static final int LOCK = 8;

    private AttributesRecord() {}

    public static void write(RecordWriter out, Attributes attributes) {
        out.text(attributes.storageClass().name())
                .texts(attributes.contentHeaders())
                .texts(attributes.metadata());
        Possession possession = attributes.possession();
        boolean locked = !attributes.lock().equals(ObjectLock.NONE);
        out.number((attributes.tags().isEmpty() ? 0 : TAGS)
                | (possession.acl().isPresent() ? ACL : 0)
                | (possession.ownerUin().isPresent() ? OWNER : 0)
                | (locked ? LOCK : 0));
        if (!attributes.tags().isEmpty()) {
            out.texts(attributes.tags().all());
        }
        possession.acl().ifPresent(acl -> AclRecord.write(out, acl));
        possession.ownerUin().ifPresent(out::text);
        if (locked) {
            attributes.lock().write(out);
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param first whether the record is of a time when there were neither tags nor owners nor locks
     */
    public static Attributes read(RecordReader in, boolean first) {
        StorageClass storageClass = StorageClass.valueOf(in.text());
        Map<String, String> contentHeaders = in.texts();
        Map<String, String> metadata = in.texts();
        long extras = first ? 0 : in.number();
        Tags tags = (extras & TAGS) == 0 ? Tags.none(TagLimits.OBJECT) : new Tags(TagLimits.OBJECT, in.texts());
        Optional<Acl> acl = (extras & ACL) == 0 ? Optional.empty() : Optional.of(AclRecord.read(in));
        Optional<String> owner = (extras & OWNER) == 0 ? Optional.empty() : Optional.of(in.text());
        ObjectLock lock = (extras & LOCK) == 0 ? ObjectLock.NONE : ObjectLock.read(in);
        return new Attributes(contentHeaders, metadata, storageClass, tags, new Possession(owner, acl), lock);
    }
}
