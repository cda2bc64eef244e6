package coffer.remote;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.outbound.Outbound;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import coffer.outbound.RemoteStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bucket of another store. Thread-safe. */
public final class RemoteBucket {
    /** Longer ones are sent in parts, so that a break costs no more than one. */
    private static final long MOST_AT_ONCE = 256L * 1024 * 1024;

    private static final int MOST_PARTS = 10_000;
    private static final int MAX_DOCUMENT = 1024 * 1024;
    private static final List<Headers.Header> NONE = List.of();

    private final RemoteClient client;

    /** @param clock that of the world */
    public RemoteBucket(Outbound outbound, RemoteStore store, String name, InstantSource clock) {
        this.client = new RemoteClient(outbound, store, name, clock);
    }

    /** How a request went. */
    public enum Outcome {
        DONE,
        /** The store refuses it, and would refuse it again. */
        REFUSED,
        /** The store does not answer, or not now, or lets nobody in. */
        UNAVAILABLE
    }

    /**
     * What a request came to.
     *
     * @param why a sentence; empty if it is done
     */
    public record Result(Outcome outcome, String why) {
        static final Result DONE = new Result(Outcome.DONE, "");
    }

    /**
     * What is there under a key.
     *
     * @param status 200, or 404
     * @param headers in the words of the store
     */
    public record Found(int status, Headers headers) {}

    /** Whether the store is one of S3, whose words its headers then are in. */
    public boolean isS3() {
        return client.isS3();
    }

    /** A header in the words of the store. */
    public String header(String name) {
        return client.header(name);
    }

    /**
     * Whether the bucket keeps versions.
     *
     * @throws OutboundException if that cannot be told now
     */
    public boolean isVersioned() {
        List<Headers.Header> versioning = List.of(new Headers.Header("versioning", ""));
        try (OutboundAnswer answer = client.send("GET", "", versioning, NONE, Optional.empty())) {
            byte[] document = answer.bytes(MAX_DOCUMENT);
            if (answer.status() != 200) {
                throw OutboundException.unreachable(
                        "The bucket answered " + answer.status() + " " + RemoteException.text(document, "Code") + ".",
                        null);
            }
            return Element.parse(document)
                    .childText("Status")
                    .filter("Enabled"::equals)
                    .isPresent();
        } catch (CosException e) {
            throw OutboundException.unreachable("The bucket answered what is no document.", e);
        }
    }

    /**
     * Looks what is there.
     *
     * @throws OutboundException if that cannot be told now
     */
    public Found head(String key) {
        try (OutboundAnswer answer = client.send("HEAD", key, NONE, NONE, Optional.empty())) {
            if (answer.status() != 200 && answer.status() != 404) {
                throw OutboundException.unreachable("HEAD was answered " + answer.status() + ".", null);
            }
            return new Found(answer.status(), answer.headers());
        }
    }

    /** Deletes what is there. */
    public Result delete(String key) {
        try (OutboundAnswer answer = client.send("DELETE", key, NONE, NONE, Optional.empty())) {
            return result(answer);
        } catch (OutboundException e) {
            return unavailable(e);
        }
    }

    /**
     * Writes an object.
     *
     * @param headers in the words of the store
     * @param md5 base64 of the digest of the whole body, if it is known
     */
    public Result put(String key, List<Headers.Header> headers, RequestBody body, Optional<String> md5) {
        long bytes = body.declaredBytes();
        try {
            return bytes > MOST_AT_ONCE ? upload(key, headers, body) : putAtOnce(key, headers, body, md5);
        } catch (OutboundException e) {
            return unavailable(e);
        } catch (RemoteException e) {
            return result(e.status(), e.code());
        } catch (CosException e) {
            return new Result(Outcome.UNAVAILABLE, "The store answered what is no document.");
        }
    }

    private Result putAtOnce(String key, List<Headers.Header> headers, RequestBody body, Optional<String> md5) {
        List<Headers.Header> all = new ArrayList<>(headers);
        md5.ifPresent(digest -> all.add(new Headers.Header("Content-MD5", digest)));
        long bytes = body.declaredBytes();
        OutboundRequest.Body sent = new OutboundRequest.Body(new PartStream(body, bytes), bytes);
        try (OutboundAnswer answer = client.send("PUT", key, NONE, all, Optional.of(sent))) {
            return result(answer);
        }
    }

    private Result upload(String key, List<Headers.Header> headers, RequestBody body) {
        RemoteUpload upload = RemoteUpload.begin(client, key, headers);
        boolean isDone = false;
        try {
            upload.complete(parts(upload, body));
            isDone = true;
        } finally {
            if (!isDone) {
                upload.abort();
            }
        }
        return Result.DONE;
    }

    private static SortedMap<Integer, String> parts(RemoteUpload upload, RequestBody body) {
        long bytes = body.declaredBytes();
        long partBytes = Math.max(MOST_AT_ONCE / 4, bytes / MOST_PARTS + 1);
        SortedMap<Integer, String> etags = new TreeMap<>();
        long sent = 0;
        for (int number = 1; sent < bytes; number++) {
            long length = Math.min(partBytes, bytes - sent);
            etags.put(number, upload.part(number, new OutboundRequest.Body(new PartStream(body, length), length)));
            sent += length;
        }
        return etags;
    }

    private static Result unavailable(OutboundException e) {
        return new Result(Outcome.UNAVAILABLE, String.valueOf(e.getMessage()));
    }

    private static Result result(OutboundAnswer answer) {
        return answer.isSuccess()
                ? Result.DONE
                : result(answer.status(), RemoteException.text(answer.bytes(MAX_DOCUMENT), "Code"));
    }

    private static Result result(int status, String code) {
        boolean refused = status >= 400
                && status < 500
                && !List.of(401, 403, 404, 408, 409, 429).contains(status)
                && !code.equals("NoSuchBucket")
                && !code.equals("RequestTimeout")
                && !code.equals("IncompleteBody");
        return new Result(refused ? Outcome.REFUSED : Outcome.UNAVAILABLE, "It answered " + status + " " + code + ".");
    }
}
