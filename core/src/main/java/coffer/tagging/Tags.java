package coffer.tagging;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.api.XmlWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The tags of a bucket or an object, in the order they were given. Keys and values are case-sensitive; letters, digits
 * and blanks of any script, and {@code + - _ = . : / @}. Source: COS API reference, "PUT Bucket tagging", "PUT Object
 * tagging".
 *
 * @param limits how many, and which not
 * @param all key of 1 to 128 characters -> value of at most 256
 */
public record Tags(TagLimits limits, Map<String, String> all) {
    private static final int MAX_KEY_LENGTH = 128;
    private static final int MAX_VALUE_LENGTH = 256;
    private static final String SIGNS = " +-_=.:/@";

    /**
     * Checks them.
     *
     * @throws CosException {@code InvalidTag} naming the tag and the rule
     */
    public Tags {
        all = Collections.unmodifiableMap(new LinkedHashMap<>(all));
        if (all.size() > limits.most()) {
            throw CosError.INVALID_TAG.because(
                    "At most " + limits.most() + " tags are allowed, not " + all.size() + ".");
        }
        for (Map.Entry<String, String> tag : all.entrySet()) {
            check(limits, tag.getKey(), tag.getValue());
        }
    }

    /** No tags. */
    public static Tags none(TagLimits limits) {
        return new Tags(limits, Map.of());
    }

    /** The tags of a bucket from a {@code Tagging} document, see {@link #read(TagLimits, Element)}. */
    public static Tags ofBucket(Element tagging) {
        return read(TagLimits.BUCKET, tagging);
    }

    /** The tags of an object from a {@code Tagging} document, see {@link #read(TagLimits, Element)}. */
    public static Tags ofObject(Element tagging) {
        return read(TagLimits.OBJECT, tagging);
    }

    /**
     * Reads a {@code Tagging} document. Several tag sets are taken as one: the Java SDK can write one for each of its
     * own.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidTag}
     */
    public static Tags read(TagLimits limits, Element tagging) {
        List<Element> sets = tagging.named("Tagging").all("TagSet");
        if (sets.isEmpty()) {
            throw CosError.MALFORMED_XML.because("Tagging must have a child element TagSet.");
        }
        return ofElements(
                limits, sets.stream().flatMap(set -> set.all("Tag").stream()).toList());
    }

    /**
     * Reads {@code Tag} elements, as filters of other documents have them too.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidTag}
     */
    public static Tags ofElements(TagLimits limits, List<Element> elements) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Element element : elements) {
            add(
                    tags,
                    content(element, "Key").orElseThrow(Tags::withoutKey),
                    content(element, "Value").orElse(""));
        }
        return new Tags(limits, tags);
    }

    /**
     * Reads the header {@code x-cos-tagging} of an object: {@code k1=v1&k2=v2}, each percent-encoded.
     *
     * @throws CosException {@code InvalidTag}
     */
    public static Tags ofHeader(String header) {
        return ofHeader(TagLimits.OBJECT, header);
    }

    /** The same of a bucket. */
    public static Tags ofBucketHeader(String header) {
        return ofHeader(TagLimits.BUCKET, header);
    }

    private static Tags ofHeader(TagLimits limits, String header) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Query.Parameter tag : parameters(header)) {
            add(tags, tag.name(), tag.value());
        }
        return new Tags(limits, tags);
    }

    /** As the header {@code x-cos-tagging} says them. */
    public String header() {
        return all.entrySet().stream()
                .map(tag -> PercentCode.encode(tag.getKey()) + "=" + PercentCode.encode(tag.getValue()))
                .collect(Collectors.joining("&"));
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Writes the {@code Tagging} document. */
    public void write(XmlWriter xml) {
        xml.open("Tagging").open("TagSet");
        writeElements(xml);
        xml.close("TagSet").close("Tagging");
    }

    /** Writes the {@code Tag} elements alone. */
    public void writeElements(XmlWriter xml) {
        all.forEach((key, value) ->
                xml.open("Tag").element("Key", key).element("Value", value).close("Tag"));
    }

    /** As conditions of policies name them, {@code key&value}. Source: COS docs, "Condition Keys". */
    public List<String> pairs() {
        return all.entrySet().stream()
                .map(tag -> tag.getKey() + "&" + tag.getValue())
                .toList();
    }

    private static List<Query.Parameter> parameters(String header) {
        try {
            return Query.parse(header).all();
        } catch (CosException e) {
            throw CosError.INVALID_TAG.because("x-cos-tagging must be k1=v1&k2=v2 with keys and values URL-encoded.");
        }
    }

    /** To the letter: outer blanks belong to a tag as inner ones do, and a header can bring them. */
    private static Optional<String> content(Element tag, String name) {
        return tag.child(name).map(Element::content);
    }

    private static CosException withoutKey() {
        return CosError.MALFORMED_XML.because("The element Tag must have a child element Key.");
    }

    private static void add(Map<String, String> tags, String key, String value) {
        if (tags.putIfAbsent(key, value) != null) {
            throw wrong(key, "its key must not be there twice.");
        }
    }

    private static void check(TagLimits limits, String key, String value) {
        int keyLength = key.codePointCount(0, key.length());
        if (keyLength < 1 || keyLength > MAX_KEY_LENGTH) {
            throw wrong(key, "its key must have 1 to " + MAX_KEY_LENGTH + " characters.");
        }
        if (value.codePointCount(0, value.length()) > MAX_VALUE_LENGTH) {
            throw wrong(key, "its value must have at most " + MAX_VALUE_LENGTH + " characters.");
        }
        if (!isAllowed(key) || !isAllowed(value)) {
            throw wrong(key, "its key and value must be of letters, digits, blanks and + - _ = . : / @ only.");
        }
        if (limits.isReserved(key)) {
            throw wrong(key, "keys that begin so are reserved.");
        }
    }

    private static boolean isAllowed(String text) {
        return text.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || isMark(c) || SIGNS.indexOf(c) >= 0);
    }

    /** Vowels of Thai and Hindi, accents that stand apart: parts of letters. */
    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static CosException wrong(String key, String rule) {
        return CosError.INVALID_TAG.because("The tag '" + key + "' is not allowed: " + rule);
    }
}
