package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.tiering.TieringRule;
import coffer.tiering.TieringRules;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The six operations on intelligent tiering, two views of one setting. Source: COS API reference, "PUT Bucket
 * IntelligentTiering" and the pages of its rules.
 */
public final class IntelligentTiering {
    private static final String ID = "id";

    private final BucketService buckets;
    private final BucketSettings settings;
    private final SettingRules rules;

    public IntelligentTiering(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
        this.rules = new SettingRules(settings);
    }

    /** PUT of the older form. */
    public Handler put() {
        return request -> {
            TieringRule rule = TieringRule.readDefault(request.document(BucketSetting.MAX_XML_BYTES));
            return change(request, known -> known.with(rule), CosResponse.ok());
        };
    }

    /** GET of the older form. */
    public Handler get() {
        return request -> {
            XmlWriter xml = new XmlWriter();
            find(request).writeDefault(xml);
            return CosResponse.xml(xml);
        };
    }

    /** PUT of one rule. */
    public Handler putRule() {
        return request -> {
            TieringRule rule = TieringRule.read(id(request), request.document(BucketSetting.MAX_XML_BYTES));
            return change(request, known -> known.with(rule), CosResponse.ok());
        };
    }

    /** GET of one rule. */
    public Handler getRule() {
        return request -> {
            XmlWriter xml = new XmlWriter();
            find(request)
                    .find(id(request))
                    .orElseThrow(CosError.NO_SUCH_CONFIGURATION::exception)
                    .write(xml);
            return CosResponse.xml(xml);
        };
    }

    /** GET of all rules. */
    public Handler list() {
        return request -> {
            XmlWriter xml = new XmlWriter();
            find(request).write(xml);
            return CosResponse.xml(xml);
        };
    }

    /** DELETE of one rule. */
    public Handler deleteRule() {
        return request -> {
            String id = id(request);
            return change(request, known -> known.without(id), CosResponse.noContent());
        };
    }

    private TieringRules find(CosRequest request) {
        return settings.find(buckets.of(request), Settings.TIERING).orElse(TieringRules.NONE);
    }

    private CosResponse change(CosRequest request, UnaryOperator<TieringRules> change, CosResponse answer) {
        Bucket bucket = buckets.of(request);
        settings.update(
                bucket,
                Settings.TIERING,
                before -> Optional.of(change.apply(before.orElse(TieringRules.NONE)))
                        .filter(next -> !next.rules().isEmpty()),
                rules::tiering);
        return answer;
    }

    private static String id(CosRequest request) {
        return request.query()
                .nonEmpty(ID)
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("The parameter id must name the rule."));
    }
}
