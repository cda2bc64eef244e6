package coffer.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.address.IpRange;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "224.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::1",
                "fe80::1",
                "fd00::1",
                "fec0::1",
                "ff02::1"
            })
    void whatIsNotPublicIsRefused(String address) {
        assertThat(AddressRules.PUBLIC_ONLY.allows(InetAddress.ofLiteral(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.1.1.1", "172.32.0.1", "100.128.0.1", "193.0.0.1", "2606:4700::1111", "2a00:1450::1"})
    void whatIsPublicIsAllowed(String address) {
        assertThat(AddressRules.PUBLIC_ONLY.allows(InetAddress.ofLiteral(address)))
                .isTrue();
    }

    @Test
    void theOperatorAllowsAndDenies() {
        AddressRules rules = new AddressRules(
                List.of(IpRange.parse("10.0.0.0/8").orElseThrow()),
                List.of(
                        IpRange.parse("10.9.0.0/16").orElseThrow(),
                        IpRange.parse("1.1.1.1").orElseThrow()));
        assertThat(rules.allows(InetAddress.ofLiteral("10.1.0.1"))).isTrue();
        assertThat(rules.allows(InetAddress.ofLiteral("10.9.0.1"))).isFalse();
        assertThat(rules.allows(InetAddress.ofLiteral("1.1.1.1"))).isFalse();
        assertThat(rules.allows(InetAddress.ofLiteral("8.8.8.8"))).isTrue();
        assertThat(rules.allows(InetAddress.ofLiteral("192.168.0.1"))).isFalse();
    }
}
