package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.AddressParser;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.RequestBody;
import coffer.api.ResponseBody;
import coffer.cam.Cam;
import coffer.encryption.KeyRegister;
import coffer.encryption.KeyService;
import coffer.encryption.MasterKeyService;
import coffer.encryption.MasterKeys;
import coffer.encryption.SealedText;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Keyring;
import coffer.signature.FailedAttempts;
import coffer.store.MetadataStore;
import coffer.store.memory.MemoryEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service over a store in memory, with a clock that is set by hand, one account and a user in it. */
final class StsStage {
    static final Instant START = Instant.parse("2026-02-02T08:00:00Z");
    static final Account ACCOUNT = new Account("1250000000", "100000000001");
    static final AccessKey ROOT = new AccessKey("AKIDrootrootroot", "root-secret-of-tests", ACCOUNT);
    static final String READ_A = "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\","
            + "\"action\":[\"name/cos:GetObject\"],"
            + "\"resource\":[\"qcs::cos:ap-guangzhou:uid/1250000000:demo-1250000000/a/*\"]}]}";

    final SecureRandom random = new SecureRandom();
    final MetadataStore metadata = new MemoryEngine().metadata();
    final KeyService masterKeys = masterKeys(metadata, random);
    Instant now = START;
    final Cam cam = Cam.over(metadata, masterKeys, () -> now, random);
    final Keyring permanent = (id, token) ->
            id.equals(ROOT.secretId()) ? Optional.of(ROOT) : cam.keyring().find(id, token);
    final SessionTokens tokens = tokens();
    final Sts sts = Sts.over(metadata, masterKeys, cam, permanent, () -> now, random);
    final Gateway gateway = sts.gateway(
            new Elsewhere(), new AddressParser(List.of(), List.of("ap-guangzhou")), new FailedAttempts(() -> now));

    StsStage() {
        cam.accounts().adopt(ACCOUNT, "root");
    }

    /** Another server on the same store. */
    SessionTokens tokens() {
        return new SessionTokens(new TokenKey(metadata, new SealedText(masterKeys), random));
    }

    private static KeyService masterKeys(MetadataStore metadata, SecureRandom random) {
        try {
            Path folder = Files.createTempDirectory("sts");
            Path file = folder.resolve("master-keys");
            MasterKeys keys = KeyRegister.keys(metadata, "system", file, random);
            Files.delete(file);
            Files.delete(folder);
            return new MasterKeyService(keys, KeyRegister.open(metadata, "system", keys), random);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user with a key. */
    AccessKey user(String name) {
        cam.users().create(ACCOUNT.appId(), name);
        var made = cam.keys().create(ACCOUNT.appId(), Optional.of(name));
        return permanent.find(made.secretId(), Optional.empty()).orElseThrow();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    /** The content of {@code Response}. */
    JsonNode answer(HttpRequest request) {
        CosResponse response = gateway.prepare(request).answer();
        if (response.status() != 200 || !response.header("Content-Type").equals(Optional.of("application/json"))) {
            throw new AssertionError(response);
        }
        return JsonMapper.shared().readTree(text(response)).path("Response");
    }

    /** The code of the error, or what came instead. */
    String error(HttpRequest request) {
        JsonNode answer = answer(request);
        return answer.path("Error").path("Code").asString(answer.toString());
    }

    static String text(CosResponse response) {
        return response.body() instanceof ResponseBody.Bytes body ? new String(body.bytes(), UTF_8) : "";
    }

    static HttpRequest request(String method, String target, String body, String... headers) {
        return new HttpRequest(
                method, target, Headers.of(headers), new InMemory(body.getBytes(UTF_8)), "192.0.2.7", Optional.empty());
    }

    private static final class Elsewhere implements Gateway {
        @Override
        public Prepared prepare(HttpRequest request) {
            return new Prepared() {
                @Override
                public boolean isBrief() {
                    return true;
                }

                @Override
                public CosResponse answer() {
                    return CosResponse.of(299);
                }
            };
        }

        @Override
        public CosResponse refuse(CosException error) {
            return CosResponse.of(298);
        }
    }

    private static final class InMemory implements RequestBody {
        private final ByteBuffer left;

        InMemory(byte[] bytes) {
            left = ByteBuffer.wrap(bytes);
        }

        @Override
        public long declaredBytes() {
            return -1;
        }

        @Override
        public int read(ByteBuffer target) {
            if (!left.hasRemaining()) {
                return -1;
            }
            int count = Math.min(left.remaining(), target.remaining());
            target.put(left.slice(left.position(), count));
            left.position(left.position() + count);
            return count;
        }
    }
}
