package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.List;

/**
 * What a job does with each object, in the words of the request that does it with one. Source: COS API reference, "Batch
 * operations, common elements".
 */
sealed interface JobOperation {
    /** As clients see it. */
    String name();

    /**
     * COSPutObjectCopy.
     *
     * @param target the bucket that all copies go to
     * @param replacesPrefix whether {@code prefix} is taken from keys before {@code newPrefix} comes before them
     * @param headers of each copy, but for its source
     * @param copiesAcl whether copies get the ACL of their source, beside what the headers say
     */
    record Copy(
            CosArn target, boolean replacesPrefix, String prefix, String newPrefix, Headers headers, boolean copiesAcl)
            implements JobOperation {
        static final String NAME = "COSPutObjectCopy";

        @Override
        public String name() {
            return NAME;
        }

        /**
         * What the copy is called.
         *
         * @throws CosException {@code InvalidRequest} if the key does not begin with what is to be replaced
         */
        String key(String source) {
            if (!replacesPrefix) {
                return newPrefix + source;
            }
            if (!source.startsWith(prefix)) {
                throw CosError.INVALID_REQUEST.because("The key does not begin with " + prefix + ".");
            }
            return newPrefix + source.substring(prefix.length());
        }
    }

    /**
     * COSInitiateRestoreObject.
     *
     * @param document of each request
     */
    record Restore(byte[] document) implements JobOperation {
        private static final int MAX_DAYS = 365;
        private static final String NAME = "COSInitiateRestoreObject";

        private enum Tier {
            BULK("Bulk"),
            STANDARD("Standard");

            private final String word;

            Tier(String word) {
                this.word = word;
            }
        }

        @Override
        public String name() {
            return NAME;
        }

        private static Restore read(Element element) {
            requireOnly(element, List.of("ExpirationInDays", "JobTier"));
            long days = Numbers.within("ExpirationInDays", element.required("ExpirationInDays"), 1, MAX_DAYS);
            Tier tier = Words.constant("JobTier", element.required("JobTier"), Tier.class);
            return new Restore(new XmlWriter()
                    .open("RestoreRequest")
                    .element("Days", days)
                    .open("CASJobParameters")
                    .element("Tier", tier.word)
                    .close("CASJobParameters")
                    .close("RestoreRequest")
                    .toBytes());
        }
    }

    /**
     * COSPutObjectTagging: in place of all tags there are.
     *
     * @param document of each request
     */
    record PutTags(byte[] document) implements JobOperation {
        private static final String NAME = "COSPutObjectTagging";

        @Override
        public String name() {
            return NAME;
        }

        private static PutTags read(Element element) {
            requireOnly(element, List.of("TaggingDirective", "TagSet"));
            element.childText("TaggingDirective")
                    .filter(text -> !text.isEmpty() && !text.matches("(?i)Replaced?"))
                    .ifPresent(text -> {
                        throw CosError.INVALID_REQUEST.because("TaggingDirective must be Replaced.");
                    });
            Element set = element.child("TagSet")
                    .orElseThrow(() -> CosError.MALFORMED_XML.because("There must be an element TagSet."));
            XmlWriter xml = new XmlWriter();
            Tags.ofElements(TagLimits.OBJECT, set.all("COSTag")).write(xml);
            return new PutTags(xml.toBytes());
        }
    }

    /**
     * Reads an {@code Operation} element.
     *
     * @param ownerUin the account of the job
     * @throws CosException {@code MalformedXML}, {@code InvalidRequest}, {@code InvalidArgument}, {@code InvalidTag},
     *     {@code NotSupportedStorageClass}
     */
    static JobOperation read(Element operation, String ownerUin) {
        if (operation.children().size() != 1) {
            throw CosError.INVALID_REQUEST.because("A job has exactly one Operation.");
        }
        Element one = operation.children().getFirst();
        return switch (one.name()) {
            case Copy.NAME -> CopyReader.read(one, ownerUin);
            case Restore.NAME -> Restore.read(one);
            case PutTags.NAME -> PutTags.read(one);
            default -> throw CosError.NOT_IMPLEMENTED.because("The operation " + one.name() + " is not available yet.");
        };
    }

    /** What is not known is not to be left undone. */
    static void requireOnly(Element element, List<String> known) {
        element.children().stream()
                .filter(child -> !known.contains(child.name()))
                .findFirst()
                .ifPresent(child -> {
                    throw CosError.MALFORMED_XML.because(
                            "The element " + element.name() + " has no child element " + child.name() + ".");
                });
    }
}
