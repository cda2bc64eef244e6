package coffer.server;

import coffer.address.IpRange;
import coffer.outbound.AddressRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about where the server may send requests of its own. */
final class OutboundArguments {
    @Option(
            names = "--outbound-allow",
            paramLabel = "RANGE",
            defaultValue = "${env:COFFER_OUTBOUND_ALLOW:-" + Option.NULL_VALUE + "}",
            split = ",",
            description = "Addresses that are not public and that the server may still send requests to for its buckets"
                    + " (webhooks, replication, origins), for instance 10.1.0.0/16, repeatable"
                    + " (COFFER_OUTBOUND_ALLOW; default none).")
    private @Nullable List<String> allow;

    @Option(
            names = "--outbound-deny",
            paramLabel = "RANGE",
            defaultValue = "${env:COFFER_OUTBOUND_DENY:-" + Option.NULL_VALUE + "}",
            split = ",",
            description = "Addresses that it must not send requests to, repeatable; 0.0.0.0/0,::/0 for none at all"
                    + " (COFFER_OUTBOUND_DENY; default none).")
    private @Nullable List<String> deny;

    @Option(
            names = "--outbound-ca",
            paramLabel = "FILE",
            defaultValue = "${env:COFFER_OUTBOUND_CA:-" + Option.NULL_VALUE + "}",
            description = "Certificates of authorities, in PEM, that the server believes beside the known ones when it"
                    + " sends requests (COFFER_OUTBOUND_CA).")
    private @Nullable Path authorities;

    /** @throws IllegalArgumentException with a sentence for the user */
    CofferConfig.Outgoing config() {
        AddressRules rules = new AddressRules(ranges("--outbound-allow", allow), ranges("--outbound-deny", deny));
        return new CofferConfig.Outgoing(rules, Optional.ofNullable(authorities));
    }

    private static List<IpRange> ranges(String option, @Nullable List<String> texts) {
        return Optional.ofNullable(texts).orElse(List.of()).stream()
                .map(text -> IpRange.parse(text)
                        .orElseThrow(() -> new IllegalArgumentException(
                                option + " must be an address or a range such as 10.0.0.0/8, not '" + text + "'.")))
                .toList();
    }
}
