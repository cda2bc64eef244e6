package coffer.restore;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.request.Numbers;
import coffer.request.Words;
import java.util.List;
import java.util.Optional;

/**
 * How an archived object is to be restored. Source: COS API reference, "POST Object restore"; S3 API reference,
 * "RestoreObject". The two differ in the name of one element.
 *
 * @param days how long it is to be readable, 1 to 365
 * @param tier how urgent it is; {@code STANDARD} unless it is said
 */
public record RestoreRequest(int days, RestoreTier tier) {
    private static final int MAX_DAYS = 365;

    /**
     * Reads the document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}; {@code NotImplemented} for a restoration of S3
     *     that puts its result elsewhere
     */
    public static RestoreRequest read(Element root) {
        Element request = root.named("RestoreRequest");
        for (String unavailable : List.of("Type", "SelectParameters", "OutputLocation")) {
            if (request.child(unavailable).isPresent()) {
                throw CosError.NOT_IMPLEMENTED.because(
                        "A restoration makes the object itself readable; there is no " + unavailable + ".");
            }
        }
        int days = (int) Numbers.within("Days", request.required("Days"), 1, MAX_DAYS);
        Optional<Element> parameters =
                request.child("CASJobParameters").or(() -> request.child("GlacierJobParameters"));
        RestoreTier tier = parameters
                .map(job -> job.required("Tier"))
                .or(() -> request.childText("Tier"))
                .map(text -> Words.constant("Tier", text, RestoreTier.class))
                .orElse(RestoreTier.STANDARD);
        return new RestoreRequest(days, tier);
    }
}
