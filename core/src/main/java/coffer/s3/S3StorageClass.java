package coffer.s3;

import coffer.api.Element;

/** Names of storage classes of one dialect in the other. Source: S3 API reference, "PutObject"; COS docs, "Storage Class Overview". */
public final class S3StorageClass {
    private S3StorageClass() {}

    /** The class of COS that is most like one of S3; itself if there is none, for the handler to refuse. */
    public static String toCos(String name) {
        return switch (name) {
            case "REDUCED_REDUNDANCY" -> "STANDARD";
            case "ONEZONE_IA" -> "STANDARD_IA";
            case "GLACIER_IR" -> "COLD";
            case "GLACIER" -> "ARCHIVE";
            default -> name;
        };
    }

    /** A document with the names of COS for storage classes. */
    static Element toCos(Element document) {
        String content = document.name().equals("StorageClass") ? toCos(document.text()) : document.content();
        return new Element(
                document.name(),
                content,
                document.children().stream().map(S3StorageClass::toCos).toList());
    }

    /** The class of S3 that is most like one of COS. */
    public static String toS3(String name) {
        return switch (name) {
            case "COLD", "MAZ_COLD" -> "GLACIER_IR";
            case "ARCHIVE", "MAZ_ARCHIVE" -> "GLACIER";
            case "MAZ_STANDARD" -> "STANDARD";
            case "MAZ_STANDARD_IA" -> "STANDARD_IA";
            case "MAZ_INTELLIGENT_TIERING" -> "INTELLIGENT_TIERING";
            default -> name;
        };
    }
}
