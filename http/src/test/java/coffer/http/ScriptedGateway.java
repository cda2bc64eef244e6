package coffer.http;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** A gateway that does what a test says and remembers what it was asked. */
final class ScriptedGateway implements Gateway {
    private final Function<HttpRequest, CosResponse> script;
    private boolean brief;
    private final List<HttpRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Sent> sent = new CopyOnWriteArrayList<>();

    /** How an answer went out. */
    record Sent(int status, long bodyBytes) {}

    ScriptedGateway(Function<HttpRequest, CosResponse> script) {
        this.script = script;
    }

    /** Answers each request with its method, target and body. */
    static ScriptedGateway echo() {
        return new ScriptedGateway(request -> text(request.method() + " " + request.target() + " " + read(request)));
    }

    /** Says that a request is there, and answers "done" once it may. */
    static ScriptedGateway held(CountDownLatch begun, CountDownLatch mayEnd) {
        return new ScriptedGateway(request -> {
            begun.countDown();
            try {
                mayEnd.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return text("done");
        });
    }

    /** Answers as its script does, where the network is read. */
    ScriptedGateway brief() {
        brief = true;
        return this;
    }

    @Override
    public Prepared prepare(HttpRequest request) {
        requests.add(request);
        return new Prepared() {
            @Override
            public boolean isBrief() {
                return brief;
            }

            @Override
            public CosResponse answer() {
                return run(request);
            }

            @Override
            public void sent(int status, long bodyBytes) {
                sent.add(new Sent(status, bodyBytes));
            }
        };
    }

    private CosResponse run(HttpRequest request) {
        try {
            return script.apply(request);
        } catch (CosException e) {
            return refuse(e);
        }
    }

    @Override
    public CosResponse refuse(CosException error) {
        return CosResponse.of(error.error().status())
                .with("x-cos-request-id", "refused")
                .withBody(new ResponseBody.Bytes(error.error().code().getBytes(StandardCharsets.UTF_8)));
    }

    /** What it was told of its answers. */
    List<Sent> sent() {
        return sent;
    }

    List<HttpRequest> requests() {
        return requests;
    }

    static CosResponse text(String text) {
        return CosResponse.ok().withBody(new ResponseBody.Bytes(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The whole body as ASCII. */
    static String read(HttpRequest request) {
        StringBuilder text = new StringBuilder();
        ByteBuffer buffer = ByteBuffer.allocate(1024);
        while (request.body().read(buffer) >= 0) {
            text.append(StandardCharsets.US_ASCII.decode(buffer.flip()));
            buffer.clear();
        }
        return text.toString();
    }

    /** The length of the body, read to its end. */
    static long skip(HttpRequest request) {
        long length = 0;
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        for (int count = 0; count >= 0; count = request.body().read(buffer)) {
            length += count;
            buffer.clear();
        }
        return length;
    }
}
