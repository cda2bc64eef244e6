package coffer.bench;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes many of something, lists them and deletes them by one request, which alone is the operation; and again. */
final class PurgeScript implements Script {
    private static final Pattern LISTED = Pattern.compile("<Key>([^<]+)</Key>(<VersionId>[^<]*</VersionId>)?");

    private final Target target;
    private final int count;
    private final IntFunction<Shot> making;
    private final Map<String, String> listing;
    private int made;

    /**
     * @param count how many, at most what a page of a listing has
     * @param making makes one of the things, given its number
     * @param listing parameters of the request that lists them
     */
    PurgeScript(Target target, int count, IntFunction<Shot> making, Map<String, String> listing) {
        this.target = target;
        this.count = count;
        this.making = making;
        this.listing = listing;
    }

    /**
     * As {@link Script#next}.
     *
     * @throws IllegalStateException if the answer says that something was not deleted
     */
    @Override
    public Optional<Shot> next(String answer) {
        if (answer.contains("<Error>")) {
            throw new IllegalStateException("not deleted: " + answer.substring(answer.indexOf("<Error>")));
        }
        if (made < count) {
            return Optional.of(making.apply(made++).timed(Shot.Timing.NONE));
        }
        if (made == count) {
            made++;
            return Optional.of(Shot.of(target.head("GET", "", new TreeMap<>(listing), 0))
                    .keepingAnswer()
                    .timed(Shot.Timing.NONE));
        }
        made = 0;
        return Optional.of(deletion(answer));
    }

    private Shot deletion(String listed) {
        StringBuilder xml = new StringBuilder("<Delete><Quiet>true</Quiet>");
        Matcher matcher = LISTED.matcher(listed);
        while (matcher.find()) {
            String version = matcher.group(2) == null ? "" : matcher.group(2);
            xml.append("<Object><Key>")
                    .append(matcher.group(1))
                    .append("</Key>")
                    .append(version)
                    .append("</Object>");
        }
        byte[] document = xml.append("</Delete>").toString().getBytes(StandardCharsets.UTF_8);
        return Shot.of(target.head("POST", "", new TreeMap<>(Map.of("delete", "")), document.length))
                .with(Unpooled.wrappedBuffer(document))
                .keepingAnswer();
    }
}
