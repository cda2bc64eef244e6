package coffer.housekeeping;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.EventRows;
import coffer.event.ObjectEvent;
import coffer.notification.EventMessage;
import coffer.notification.NotificationConfiguration;
import coffer.notification.NotificationRule;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import coffer.outbound.Targets;
import coffer.outbound.Webhook;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells webhooks of events. Messages are signed as Standard Webhooks says: {@code webhook-id}, {@code webhook-timestamp},
 * {@code webhook-signature}; a message that is repeated has the id of the first one. Source: Standard Webhooks 1.0, "Signature
 * scheme".
 */
final class Webhooks implements EventConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** What could not be told for so long is told no more. */
    private static final Duration KEPT = Duration.ofDays(3);

    private final BucketSettings settings;
    private final Targets targets;
    private final Outbound outbound;
    private final InstantSource clock;
    private final InstantSource worldClock;
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();

    Webhooks(
            BucketSettings settings,
            Targets targets,
            Outbound outbound,
            InstantSource clock,
            InstantSource worldClock) {
        this.settings = settings;
        this.targets = targets;
        this.outbound = outbound;
        this.clock = clock;
        this.worldClock = worldClock;
    }

    @Override
    public String queues() {
        return NotificationConfiguration.QUEUES;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("told", told.get());
        figures.put("failed", failed.get());
        figures.put("dropped", dropped.get());
        return figures;
    }

    @Override
    public int consume(Bucket bucket, String queue, List<EventRows.Queued> due) {
        Optional<NotificationRule> rule = settings.find(bucket, Settings.NOTIFICATION)
                .flatMap(rules -> rules.rules().stream()
                        .filter(one -> one.queue().equals(queue))
                        .findFirst());
        if (rule.isEmpty()) {
            return due.size(); // nobody wants to hear of it any more
        }
        int old = old(bucket, rule.get(), due);
        return old > 0
                ? old
                : tell(
                        bucket,
                        rule.get(),
                        due.stream().map(EventRows.Queued::event).toList());
    }

    private int old(Bucket bucket, NotificationRule rule, List<EventRows.Queued> due) {
        Instant oldest = clock.instant().minus(KEPT);
        int old = (int) due.stream()
                .takeWhile(event -> EventRows.due(event).isBefore(oldest))
                .count();
        if (old > 0) {
            dropped.addAndGet(old);
            LOG.warn(
                    "{} events of {} were given up: webhook {} has not taken them for {} days.",
                    old,
                    bucket.name(),
                    rule.webhook(),
                    KEPT.toDays());
        }
        return old;
    }

    private int tell(Bucket bucket, NotificationRule rule, List<ObjectEvent> events) {
        Optional<Webhook> webhook = targets.webhook(bucket.appId(), rule.webhook());
        if (webhook.isEmpty()) {
            return missed(rule, "there is no such webhook any more");
        }
        byte[] message =
                new EventMessage(bucket.name(), bucket.appId(), bucket.ownerUin(), bucket.region()).of(rule, events);
        String id = "msg_" + bucket.space() + "_" + events.getFirst().id() + "_" + events.size();
        OutboundRequest request = OutboundRequest.of(
                        "POST", webhook.get().url(), headers(webhook.get(), id, message), PATIENCE)
                .with(message);
        try (OutboundAnswer answer = outbound.send(request)) {
            if (answer.isSuccess()) {
                told.addAndGet(events.size());
                return events.size();
            }
            return missed(rule, "it answered " + answer.status());
        } catch (OutboundException e) {
            return missed(rule, String.valueOf(e.getMessage()));
        }
    }

    private int missed(NotificationRule rule, String why) {
        failed.incrementAndGet();
        LOG.info("Webhook {} was not told, and will be in a while: {}.", rule.webhook(), why);
        return 0;
    }

    private Headers headers(Webhook webhook, String id, byte[] message) {
        String time = Long.toString(worldClock.instant().getEpochSecond());
        return Headers.of(
                "Content-Type",
                "application/json",
                "webhook-id",
                id,
                "webhook-timestamp",
                time,
                "webhook-signature",
                "v1," + signature(webhook.secret(), id + "." + time + ".", message));
    }

    private static String signature(byte[] secret, String head, byte[] message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            mac.update(head.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(message));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
