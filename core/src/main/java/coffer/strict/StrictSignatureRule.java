package coffer.strict;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.api.XmlWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of a request must be signed for some actions. Source: COS API reference, "PUT Bucket StrictSignature".
 *
 * @param id 1 to 255 letters, digits and {@code - _ .}
 * @param actions 1 to 200, without prefix, {@code *} at the end for any rest
 * @param headers at most 20 of those that may be named, or {@code x-cos-*} for all that begin so
 * @param parameters at most 20 names, or {@code all}
 */
public record StrictSignatureRule(String id, List<String> actions, List<String> headers, List<String> parameters) {
    private static final int MAX_ACTIONS = 200;
    private static final int MAX_NAMES = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");
    private static final Pattern ACTION = Pattern.compile("[A-Za-z]+\\*?|\\*");
    private static final String ALL_COS_HEADERS = "x-cos-*";
    private static final String ALL_PARAMETERS = "all";

    private static final Set<String> HEADERS = Set.of(
            "host",
            "content-length",
            "content-type",
            "content-md5",
            "range",
            "x-cos-acl",
            "x-cos-grant-read",
            "x-cos-grant-write",
            "x-cos-grant-read-acp",
            "x-cos-grant-write-acp",
            "x-cos-grant-full-control",
            ALL_COS_HEADERS);

    /** Actions that have no bucket or no signature of their own: a wildcard leaves them out. */
    private static final Set<String> UNTOUCHED = Set.of(
            "PostObject",
            "GetService",
            "CreateJob",
            "DescribeJob",
            "ListJobs",
            "UpdateJobPriority",
            "UpdateJobStatus",
            "DeleteJob");

    /** What carries the signature itself, which nobody can sign. */
    private static final Set<String> AUTHENTICATION = Set.of(
            "q-sign-algorithm",
            "q-ak",
            "q-sign-time",
            "q-key-time",
            "q-header-list",
            "q-url-param-list",
            "q-signature",
            "sign",
            "x-cos-security-token");

    /** Notes of SDKs to themselves, which the Java SDK adds after it has signed. Nothing depends on them. */
    private static final String SDK_HEADERS = "x-cos-sdk-";

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without an action, {@code InvalidArgument}
     */
    public StrictSignatureRule {
        actions = List.copyOf(actions);
        headers = List.copyOf(headers);
        parameters = List.copyOf(parameters);
        if (actions.isEmpty()) {
            throw CosError.MALFORMED_XML.because("actionlist must have a child element action.");
        }
        if (actions.size() > MAX_ACTIONS || headers.size() > MAX_NAMES || parameters.size() > MAX_NAMES) {
            throw CosError.INVALID_ARGUMENT.because("A rule has at most " + MAX_ACTIONS + " actions, " + MAX_NAMES
                    + " headers and " + MAX_NAMES + " params.");
        }
        if (!NAME.matcher(id).matches()) {
            throw CosError.INVALID_ARGUMENT.because("ID must be 1 to 255 letters, digits and - _ . only.");
        }
        for (String action : actions) {
            if (!ACTION.matcher(action).matches() || UNTOUCHED.contains(action)) {
                throw CosError.INVALID_ARGUMENT.because("The action '" + action + "' cannot have a strict signature.");
            }
        }
        for (String header : headers) {
            if (!HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
                throw CosError.INVALID_ARGUMENT.because("The header '" + header + "' cannot be made to be signed.");
            }
        }
        for (String parameter : parameters) {
            if (!NAME.matcher(parameter).matches()) {
                throw CosError.INVALID_ARGUMENT.because(
                        "A param must be 1 to 255 letters, digits and - _ . only, not '" + parameter + "'.");
            }
        }
    }

    static StrictSignatureRule read(Element rule) {
        return new StrictSignatureRule(
                rule.required("ID"),
                texts(rule, "actionlist", "action"),
                texts(rule, "headerlist", "header"),
                texts(rule, "paramlist", "param"));
    }

    void write(XmlWriter xml) {
        xml.open("Rule").element("ID", id);
        write(xml, "actionlist", "action", actions);
        write(xml, "headerlist", "header", headers);
        write(xml, "paramlist", "param", parameters);
        xml.close("Rule");
    }

    boolean isFor(String action) {
        return !UNTOUCHED.contains(action)
                && actions.stream()
                        .anyMatch(listed -> listed.endsWith("*")
                                ? action.startsWith(listed.substring(0, listed.length() - 1))
                                : listed.equals(action));
    }

    /** Whether the request has a header that must be signed and is not. */
    boolean lacksHeader(Headers request, Set<String> signed) {
        return request.all().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .anyMatch(name -> headers.stream().anyMatch(listed -> meansHeader(listed, name))
                        && !signed.contains(asListed(name)));
    }

    /** Whether the request has a parameter that must be signed and is not. */
    boolean lacksParameter(Query request, Set<String> signed) {
        return request.all().stream()
                .map(parameter -> parameter.name().toLowerCase(Locale.ROOT))
                .anyMatch(name -> parameters.stream().anyMatch(listed -> meansParameter(listed, name))
                        && !signed.contains(asListed(name)));
    }

    private static String asListed(String name) {
        return PercentCode.encode(name.strip()).toLowerCase(Locale.ROOT);
    }

    private static boolean meansHeader(String listed, String name) {
        return listed.equalsIgnoreCase(ALL_COS_HEADERS)
                ? name.startsWith("x-cos-") && !name.startsWith(SDK_HEADERS)
                : listed.equalsIgnoreCase(name);
    }

    private static boolean meansParameter(String listed, String name) {
        return listed.equalsIgnoreCase(ALL_PARAMETERS) ? !AUTHENTICATION.contains(name) : listed.equalsIgnoreCase(name);
    }

    private static List<String> texts(Element rule, String list, String name) {
        return rule.all(list).stream()
                .flatMap(element -> element.all(name).stream())
                .map(Element::text)
                .toList();
    }

    private static void write(XmlWriter xml, String list, String name, List<String> texts) {
        if (!texts.isEmpty()) {
            xml.open(list);
            texts.forEach(text -> xml.element(name, text));
            xml.close(list);
        }
    }
}
