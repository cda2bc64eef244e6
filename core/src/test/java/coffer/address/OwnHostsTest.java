package coffer.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnHostsTest {
    private final OwnHosts hosts = new OwnHosts(List.of("cos.Local"), List.of("192.0.2.7"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo-1250000000.cos.ap-guangzhou.myqcloud.com",
                "Demo-1250000000.COS.ap-guangzhou.MyQCloud.com",
                "demo-1250000000.cos-internal.ap-guangzhou.tencentcos.cn",
                "service.cos.myqcloud.com",
                "cos.local",
                "demo-1250000000.cos.local",
                "sts.cos.local",
                "sts.tencentcloudapi.com",
                "sts.ap-guangzhou.tencentcloudapi.com",
                "localhost",
                "127.0.0.1",
                "::1",
                "192.0.2.7",
            })
    void areOurs(String host) {
        assertThat(hosts.contains(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "myqcloud.com",
                ".myqcloud.com",
                "evilmyqcloud.com",
                "myqcloud.com.example.org",
                "a..myqcloud.com",
                "*.myqcloud.com",
                "a/b.myqcloud.com",
                "a b.myqcloud.com",
                "evilcos.local",
                "cvm.tencentcloudapi.com",
                "sts.a.b.tencentcloudapi.com",
                "example.org",
                "192.0.2.8",
                "169.254.169.254",
                "localhost.example.org",
            })
    void areNotOurs(String host) {
        assertThat(hosts.contains(host)).isFalse();
    }

    @Test
    void endlessNamesAreNotOurs() {
        assertThat(hosts.contains("a.".repeat(130) + "myqcloud.com")).isFalse();
    }

    @Test
    void addressesAreNoDomainNames() {
        assertThat(hosts.isDomainName("127.0.0.1")).isFalse();
        assertThat(hosts.isDomainName("::1")).isFalse();
        assertThat(hosts.isDomainName("localhost")).isTrue();
        assertThat(hosts)
                .hasToString("*.myqcloud.com, *.tencentcos.cn, *.cos.local, sts.tencentcloudapi.com,"
                        + " localhost, 127.0.0.1, ::1, 192.0.2.7");
    }
}
