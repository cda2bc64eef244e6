package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job is asked to be. Source: COS API reference, "CreateJob".
 *
 * @param document as it was sent
 * @param token no other job of the account has it
 * @param needsConfirmation whether it waits until somebody says that it may begin
 * @param roleName whose rights its tasks need, beside those of who made it; a name or an id
 */
record JobRequest(
        Element document,
        String token,
        boolean needsConfirmation,
        String description,
        JobManifest manifest,
        JobOperation operation,
        int priority,
        Optional<JobReport> report,
        Optional<String> roleName) {
    private static final int MAX_DESCRIPTION = 256;
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,64}");
    private static final Pattern ROLE =
            Pattern.compile("qcs::cam::uin/([0-9]{1,20}):(?:roleName|role|roleid)/([A-Za-z0-9._@+=,-]{1,128})");

    /**
     * Reads a {@code CreateJobRequest} document.
     *
     * @param ownerUin the account of the job
     * @throws CosException {@code MalformedXML}, {@code InvalidRequest}, {@code InvalidArgument} and the like
     */
    static JobRequest read(Element root, String ownerUin) {
        String token = root.named("CreateJobRequest").required("ClientRequestToken");
        if (!TOKEN.matcher(token).matches()) {
            throw CosError.INVALID_REQUEST.because("ClientRequestToken must be 1 to 64 visible ASCII characters.");
        }
        String description = root.childText("Description").orElse("");
        if (description.length() > MAX_DESCRIPTION) {
            throw CosError.INVALID_REQUEST.because("Description has at most " + MAX_DESCRIPTION + " characters.");
        }
        return new JobRequest(
                root,
                token,
                root.childText("ConfirmationRequired")
                        .filter(text -> !text.isEmpty())
                        .map(text -> Words.either("ConfirmationRequired", text, "true", "false"))
                        .orElse(false),
                description,
                JobManifest.read(child(root, "Manifest")),
                JobOperation.read(child(root, "Operation"), ownerUin),
                priority(root.required("Priority")),
                JobReport.read(child(root, "Report")),
                root.childText("RoleArn").filter(text -> !text.isEmpty()).map(text -> role(text, ownerUin)));
    }

    /**
     * Reads a priority.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static int priority(String text) {
        return (int) Numbers.within("Priority", text, 0, Integer.MAX_VALUE);
    }

    private static String role(String text, String ownerUin) {
        Matcher matcher = ROLE.matcher(text);
        if (!matcher.matches() || !matcher.group(1).equals(ownerUin)) {
            throw CosError.INVALID_REQUEST.because(
                    "RoleArn must be qcs::cam::uin/" + ownerUin + ":roleName/<name> of a role of the account.");
        }
        return matcher.group(2);
    }

    private static Element child(Element root, String name) {
        return root.child(name)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element CreateJobRequest must have a child element " + name + "."));
    }

    /** Writes what was sent. */
    static void write(XmlWriter xml, Element element) {
        if (element.children().isEmpty()) {
            xml.element(element.name(), element.content());
            return;
        }
        xml.open(element.name());
        element.children().forEach(child -> write(xml, child));
        xml.close(element.name());
    }
}
