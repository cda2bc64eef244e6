package coffer.event;

import java.util.Optional;

/**
 * What can happen to an object, and what clients call it. Source: COS docs, "Event notification" (function compute); S3 user
 * guide, "Event notification types and destinations".
 */
public enum EventType {
    CREATED_BY_PUT("ObjectCreated:Put", "ObjectCreated:Put"),
    CREATED_BY_POST("ObjectCreated:Post", "ObjectCreated:Post"),
    CREATED_BY_COPY("ObjectCreated:Copy", "ObjectCreated:Copy"),
    CREATED_BY_UPLOAD("ObjectCreated:CompleteMultipartUpload", "ObjectCreated:CompleteMultipartUpload"),
    CREATED_BY_APPEND("ObjectCreated:Append", "ObjectCreated:Put"),
    CREATED_BY_ORIGIN("ObjectCreated:Origin", "ObjectCreated:Put"),
    CREATED_BY_REPLICATION("ObjectCreated:Replication", "ObjectCreated:Put"),
    /** A version went for good. */
    REMOVED("ObjectRemove:Delete", "ObjectRemoved:Delete"),
    /** A delete marker came. */
    MARKED("ObjectRemove:DeleteMarkerCreated", "ObjectRemoved:DeleteMarkerCreated"),
    EXPIRED("ObjectRemove:Delete", "LifecycleExpiration:Delete"),
    EXPIRED_TO_MARKER("ObjectRemove:DeleteMarkerCreated", "LifecycleExpiration:DeleteMarkerCreated"),
    MOVED("", "LifecycleTransition"),
    RESTORE_ASKED("ObjectRestore:Post", "ObjectRestore:Post"),
    RESTORE_DONE("ObjectRestore:Completed", "ObjectRestore:Completed"),
    TAGGED("", "ObjectTagging:Put"),
    UNTAGGED("", "ObjectTagging:Delete"),
    ACL_SET("", "ObjectAcl:Put");

    private final String cosName;
    private final String s3Name;

    EventType(String cosName, String s3Name) {
        this.cosName = cosName;
        this.s3Name = s3Name;
    }

    /** What it is called behind {@code cos:}; empty if COS tells nobody of it. */
    public Optional<String> cosName() {
        return Optional.of(cosName).filter(name -> !name.isEmpty());
    }

    /** What it is called behind {@code s3:}. */
    public String s3Name() {
        return s3Name;
    }

    /** Whether there is a new version to be read. */
    public boolean isCreation() {
        return s3Name.startsWith("ObjectCreated:");
    }
}
