package coffer.pull;

import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.origin.OriginQuery;
import coffer.origin.OriginRule;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.request.CosRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a request goes on to an origin.
 *
 * @param secure whether it came by TLS
 * @param query encoded, without the {@code ?}; empty for none
 * @param headers that the rule passes on
 * @param loop the stores it came through, as {@code CDN-Loop} has them, this one included
 */
record Ask(boolean secure, String query, List<Headers.Header> headers, String loop) {
    private static final int FORMAT = 1;

    Ask {
        headers = List.copyOf(headers);
    }

    static Ask of(CosRequest request, OriginRule rule, String loop) {
        return new Ask(
                request.http().secure(),
                rule.followsQuery() ? OriginQuery.of(AddressParser.rawQuery(request.http())) : "",
                rule.headers().of(request.headers()),
                loop);
    }

    /** Where a key is at a host. */
    String address(OriginRule rule, String host, String key) {
        return rule.protocol().scheme(secure) + "://" + host + rule.path().of(key)
                + (query.isEmpty() ? "" : "?" + query);
    }

    byte[] toBytes() {
        RecordWriter out = new RecordWriter(FORMAT)
                .number(secure ? 1 : 0)
                .text(query)
                .text(loop)
                .number(headers.size());
        headers.forEach(header -> out.text(header.name()).text(header.value()));
        return out.toBytes();
    }

    static Ask fromBytes(byte[] bytes) {
        RecordReader in = new RecordReader(bytes, FORMAT);
        boolean secure = in.number() == 1;
        String query = in.text();
        String loop = in.text();
        int count = in.count();
        List<Headers.Header> headers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            headers.add(new Headers.Header(in.text(), in.text()));
        }
        return new Ask(secure, query, headers, loop);
    }
}
