package coffer.pull;

import coffer.api.CosException;
import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.object.BodyReceiver;
import coffer.object.ObjectDelivery;
import coffer.object.StreamBody;
import coffer.origin.OriginRule;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks origins for objects and stores them. Source: COS docs, "Setting Origin-Pull". Thread-safe. */
final class OriginFetch {
    private static final Logger LOG = LoggerFactory.getLogger(OriginFetch.class);

    /** How long an origin may take to begin, and then for each further byte. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** How long an object may take altogether. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;

    /** So much of what an origin says of its refusal goes on to the client. */
    private static final int MOST_REFUSAL_BYTES = 64 * 1024;

    /** What is stored with an object. */
    private static final Set<String> KEPT =
            Set.of("cache-control", "content-disposition", "content-encoding", "content-type", "expires");

    private static final String METADATA = "x-cos-meta-";

    private final ObjectDelivery delivery;
    private final Outbound outbound;

    OriginFetch(ObjectDelivery delivery, Outbound outbound) {
        this.delivery = delivery;
        this.outbound = outbound;
    }

    /**
     * Fetches an object and stores it, unless one has come meanwhile.
     *
     * @throws CosException what does not let it be stored: the quota, a bucket that is gone
     */
    Pulled fetch(Bucket bucket, String key, OriginRule rule, Ask ask) {
        Pulled last = Pulled.Failed.because("No origin is set.");
        for (String host : rule.hostsFor(key)) {
            try (OutboundAnswer answer = outbound.send(request(rule, ask, host, key))) {
                if (answer.status() < SERVER_ERROR && !rule.standbyCodes().contains(answer.status())) {
                    return taken(bucket, key, answer);
                }
                last = answer.status() == NOT_FOUND ? new Pulled.Missing() : refusal(answer);
                LOG.info("{} of {} was answered {} by {}.", key, bucket.name(), answer.status(), host);
            } catch (OutboundException e) {
                LOG.info("{} of {} cannot be fetched from {}: {}", key, bucket.name(), host, e.getMessage());
                last = Pulled.Failed.because(
                        e.reason() == OutboundException.Reason.REFUSED
                                ? "The operator of this server does not let it connect to the origin."
                                : "The origin cannot be reached.");
            }
        }
        return last;
    }

    private static OutboundRequest request(OriginRule rule, Ask ask, String host, String key) {
        List<Headers.Header> headers = new ArrayList<>(rule.headers().added());
        headers.addAll(ask.headers());
        headers.add(new Headers.Header(Loops.HEADER, ask.loop()));
        OutboundRequest request =
                OutboundRequest.of("GET", URI.create(ask.address(rule, host, key)), Headers.of(headers), PATIENCE);
        return rule.followsRedirects() ? request.followingRedirects() : request;
    }

    private Pulled taken(Bucket bucket, String key, OutboundAnswer answer) {
        String location = answer.headers().first("Location").orElse("");
        if (answer.status() == OK) {
            return stored(bucket, key, answer);
        }
        if (answer.status() == NOT_FOUND) {
            return new Pulled.Missing();
        }
        return answer.status() / 100 == 3 && !location.isEmpty()
                ? new Pulled.Moved(answer.status(), location)
                : refusal(answer);
    }

    private static Pulled refusal(OutboundAnswer answer) {
        byte[] body = answer.bytes(MOST_REFUSAL_BYTES);
        return new Pulled.Failed(
                Math.max(answer.status(), 0),
                answer.headers().first("Content-Type").orElse(""),
                body,
                "The origin answered " + answer.status() + ".");
    }

    private Pulled stored(Bucket bucket, String key, OutboundAnswer answer) {
        Headers headers = answer.headers();
        boolean isChunked = headers.first("Transfer-Encoding")
                .filter(coding -> coding.toLowerCase(Locale.ROOT).contains("chunked"))
                .isPresent();
        if (answer.bodyBytes() < 0 && !isChunked) {
            return Pulled.Failed.because("The origin does not say where the object ends.");
        }
        List<Headers.Header> kept = headers.all().stream()
                .filter(header -> isKept(header.name().toLowerCase(Locale.ROOT)))
                .toList();
        try {
            delivery.deliverIfAbsent(
                    bucket,
                    key,
                    Headers.of(kept),
                    new StreamBody(new TimedStream(answer.body(), LONGEST), answer.bodyBytes()),
                    digests(headers));
            return new Pulled.Stored();
        } catch (CosException e) {
            // What is wrong with what the origin has sent is not the fault of who asked for it.
            if (e.error().status() != 400) {
                throw e;
            }
            LOG.info("{} of {} came from its origin but cannot be stored: {}", key, bucket.name(), e.message());
            return Pulled.Failed.because("What the origin sent cannot be stored: " + e.message());
        }
    }

    private static boolean isKept(String name) {
        return KEPT.contains(name) || name.startsWith(METADATA);
    }

    /** Those that origins say of the whole object. */
    private static BodyReceiver.Expectation digests(Headers headers) {
        return BodyReceiver.Expectation.of(Headers.of(headers.all().stream()
                .filter(header -> header.name().equalsIgnoreCase("Content-MD5")
                        || header.name().equalsIgnoreCase("x-cos-hash-crc64ecma"))
                .toList()));
    }
}
