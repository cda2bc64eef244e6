package coffer.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The objects of one size. Requests for them are signed once and shared by all connections. Thread-safe.
 */
final class Objects {
    private final Payload payload;
    private final int count;
    private final Map<String, List<Shot>> shots = new ConcurrentHashMap<>();

    /** @param count how many, from 1 */
    Objects(Payload payload, int count) {
        this.payload = payload;
        this.count = count;
    }

    int count() {
        return count;
    }

    Payload payload() {
        return payload;
    }

    String key(int object) {
        return "o/%d/%08d".formatted(payload.sizeBytes(), object);
    }

    Shot put(Target target, String key, int object) {
        return Shot.of(target.head("PUT", key, payload.sizeBytes())).with(payload.body(object));
    }

    Shot put(Target target, int object) {
        return put(target, key(object), object);
    }

    List<Shot> puts(Target target) {
        return all("PUT", object -> put(target, object));
    }

    List<Shot> gets(Target target) {
        return all("GET", object -> Shot.of(target.head("GET", key(object), 0)).expectingBody(payload.crc(object)));
    }

    List<Shot> heads(Target target) {
        return all(
                "HEAD", object -> Shot.of(target.head("HEAD", key(object), 0)).withoutAnswerBody());
    }

    List<Shot> absent(Target target) {
        return all(
                "absent",
                object ->
                        Shot.of(target.head("GET", "absent/" + key(object), 0)).expecting(404));
    }

    private List<Shot> all(String kind, IntFunction<Shot> shot) {
        return shots.computeIfAbsent(
                kind, _ -> IntStream.range(0, count).mapToObj(shot).toList());
    }
}
