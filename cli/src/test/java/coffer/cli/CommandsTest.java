package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands as far as they go without a server. */
class CommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin",
                "admin user",
                "admin account list --nope",
                "admin account create",
                "admin account list -o xml",
                "admin status --url ftp://host --token t",
                "admin explain-access GetObject --as-user ann --token t",
                "admin policy put p /no/such/file --token t -a 1",
                "admin remote put r http://host --dialect s3 --token t -a 1",
                "admin remote put r http://host --remote-id i --token t -a 1",
                "admin webhook create w --token t -a 1",
                "sign GET",
                "sign GET no-url --secret-id i --secret-key k",
            })
    void wrongUsageEndsWith2AndSaysWhy(String line) {
        assertThat(run(line.split(" ", -1))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
    }

    @Test
    void nobodyThereEndsWith3() {
        assertThat(run("admin", "status", "--url", "http://127.0.0.1:1", "--token", "t"))
                .isEqualTo(3);
        assertThat(err.toString()).startsWith("coffer: Nobody answers on http://127.0.0.1:1");
    }

    @Test
    void everyCommandAndOptionSaysWhatItIsFor() {
        List<CommandLine> commands = new ArrayList<>(List.of(Main.commandLine()));
        for (int i = 0; i < commands.size(); i++) {
            commands.addAll(commands.get(i).getSubcommands().values());
        }
        assertThat(commands).hasSizeGreaterThan(50);
        for (CommandLine command : commands) {
            CommandLine.Model.CommandSpec spec = command.getCommandSpec();
            assertThat(spec.usageMessage().description())
                    .as(spec.qualifiedName())
                    .isNotEmpty();
            spec.options()
                    .forEach(option -> assertThat(option.description())
                            .as(option.longestName())
                            .isNotEmpty());
            spec.positionalParameters()
                    .forEach(parameter -> assertThat(parameter.description())
                            .as(parameter.paramLabel())
                            .isNotEmpty());
        }
    }

    @Test
    void theCompletionIsAScriptForBash() {
        assertThat(run("admin", "completion")).isZero();
        assertThat(out.toString())
                .startsWith("#!/usr/bin/env bash")
                .contains("_complete_coffer", "explain-access", "quota-bytes");
    }

    /** The steps of the example in the COS docs, "Request Signature". */
    @Test
    void aSignatureIsShownStepByStepWithoutItsSecret() {
        assertThat(run(
                        "sign",
                        "PUT",
                        "http://examplebucket-1250000000.cos.ap-beijing.myqcloud.com/exampleobject(%E8%85%BE%E8%AE%AF%E4%BA%91)",
                        "-H",
                        "Date: Thu, 16 May 2019 06:45:51 GMT",
                        "-H",
                        "Content-Type: text/plain",
                        "-H",
                        "Content-Length: 13",
                        "-H",
                        "Content-MD5: mQ/fVh815F3k6TAUm8m0eg==",
                        "-H",
                        "x-cos-acl: private",
                        "-H",
                        "x-cos-grant-read: uin=\"100000000011\"",
                        "--from",
                        "1557989151",
                        "--valid",
                        "7200s",
                        "--secret-id",
                        "AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q",
                        "--secret-key",
                        "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "     1557989151;1557996351",
                        "     eb2519b498b02ac213cb1f3d1a3d27a3b3c9bc5f".substring(0, 9) + "*****",
                        "     /exampleobject(腾讯云)",
                        "     content-length;content-md5;content-type;date;host;x-cos-acl;x-cos-grant-read",
                        "     8b2751e77f43a0995d6e9eb9477f4b685cca4172",
                        "     3b8851a11a569213c17ba8fa7dcf2abec6935172",
                        "q-signature=3b8851a11a569213c17ba8fa7dcf2abec6935172")
                .doesNotContain("BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz", "eb2519b498b02ac213cb1f3d1a3d27a3b3c9bc5f");
    }

    @Test
    void theCommandOfCurlIsQuotedForAShell() {
        assertThat(run(
                        "sign",
                        "GET",
                        "http://b-1.cos.ap-guangzhou.myqcloud.com/a?prefix=x",
                        "-H",
                        "x-cos-meta-a: it's",
                        "--proxy",
                        "127.0.0.1:9000",
                        "--presigned",
                        "--secret-id",
                        "i",
                        "--secret-key",
                        "k"))
                .isZero();
        assertThat(out.toString())
                .contains(
                        "curl --proxy 'http://127.0.0.1:9000' -H 'x-cos-meta-a: it'\\''s' 'http://b-1.cos",
                        "?prefix=x&q-sign-algorithm=sha1&q-ak=i&q-sign-time=",
                        "&q-url-param-list=prefix&q-signature=");
    }

    private int run(String... arguments) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
