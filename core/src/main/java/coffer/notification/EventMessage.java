package coffer.notification;

import coffer.api.PercentCode;
import coffer.event.ObjectEvent;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a webhook is told. Source: COS docs, "Event notification", "COS trigger" of function compute; S3 user guide, "Event message
 * structure".
 *
 * @param bucket the full name
 * @param appId whose it is
 * @param ownerUin whose it is
 */
public record EventMessage(String bucket, String appId, String ownerUin, String region) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * The message.
     *
     * @param rule by which it is told
     * @return a JSON object with one record for each event, in UTF-8
     */
    public byte[] of(NotificationRule rule, List<ObjectEvent> events) {
        ObjectNode message = JSON.createObjectNode();
        ArrayNode records = message.putArray("Records");
        for (ObjectEvent event : events) {
            if (rule.isS3()) {
                s3(records.addObject(), rule, event);
            } else {
                cos(records.addObject(), rule, event);
            }
        }
        return JSON.writeValueAsBytes(message);
    }

    private void cos(ObjectNode out, NotificationRule rule, ObjectEvent event) {
        ObjectNode cos = out.putObject("cos");
        cos.put("cosSchemaVersion", "1.0");
        ObjectNode object = cos.putObject("cosObject");
        object.put(
                "url", "http://" + bucket + ".cos." + region + ".myqcloud.com/" + PercentCode.encodeKey(event.key()));
        ObjectNode meta = object.putObject("meta");
        meta.put("x-cos-request-id", event.cause().requestId());
        meta.put("Content-Type", event.contentType());
        object.put("vid", event.versionId().orElse(""));
        object.put("key", "/" + appId + "/" + shortName() + "/" + event.key());
        object.put("size", event.sizeBytes());
        object.put("eTag", event.etag());
        ObjectNode cosBucket = cos.putObject("cosBucket");
        cosBucket.put("region", region);
        cosBucket.put("name", shortName());
        cosBucket.put("appid", appId);
        cosBucket.put("s3Region", region);
        cos.put("cosNotificationId", rule.id());
        ObjectNode what = out.putObject("event");
        what.put("eventName", "cos:" + event.type().cosName().orElse(""));
        what.put("eventVersion", "1.0");
        what.put("eventTime", event.time().getEpochSecond());
        what.put("eventSource", "qcs::cos");
        what.put("eventId", event.uniqueId());
        ObjectNode request = what.putObject("requestParameters");
        request.put("requestSourceIP", event.cause().remoteAddress());
        request.put("requester", event.cause().requester());
        request.putObject("requestHeaders");
        what.put("eventQueue", rule.target());
        what.put("reservedInfo", "");
    }

    private String shortName() {
        return bucket.endsWith("-" + appId) ? bucket.substring(0, bucket.length() - appId.length() - 1) : bucket;
    }

    private void s3(ObjectNode out, NotificationRule rule, ObjectEvent event) {
        out.put("eventVersion", "2.3");
        out.put("eventSource", "aws:s3");
        out.put("awsRegion", region);
        out.put("eventTime", TIME.format(event.time()));
        out.put("eventName", event.type().s3Name());
        out.putObject("userIdentity").put("principalId", event.cause().requester());
        out.putObject("requestParameters").put("sourceIPAddress", event.cause().remoteAddress());
        ObjectNode response = out.putObject("responseElements");
        response.put("x-amz-request-id", event.cause().requestId());
        response.put("x-amz-id-2", event.cause().requestId());
        ObjectNode s3 = out.putObject("s3");
        s3.put("s3SchemaVersion", "1.0");
        s3.put("configurationId", rule.id());
        ObjectNode s3Bucket = s3.putObject("bucket");
        s3Bucket.put("name", bucket);
        s3Bucket.putObject("ownerIdentity").put("principalId", ownerUin);
        s3Bucket.put("arn", "arn:aws:s3:::" + bucket);
        ObjectNode object = s3.putObject("object");
        // As a form writes it, a blank being a plus: receivers of S3 decode it so.
        object.put("key", PercentCode.encodeKey(event.key()).replace("%20", "+"));
        if (event.type().isCreation()) {
            object.put("size", event.sizeBytes());
            object.put("eTag", event.etag());
        }
        Optional<String> version = event.versionId();
        version.ifPresent(id -> object.put("versionId", id));
        object.put("sequencer", event.id().toUpperCase(Locale.ROOT));
    }
}
