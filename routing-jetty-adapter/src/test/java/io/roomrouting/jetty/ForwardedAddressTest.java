package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7",
        "192.0.2.7:4711, 192.0.2.7",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4711, 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.7, 192.0.2.7",
    })
    void readsAnAddressWithOrWithoutAPort(String entry, String address) {
        assertThat(ForwardedAddress.parse(entry))
                .map(InetAddress::getHostAddress)
                .contains(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "unknown", "_hidden", "localhost", "256.1.1.1", "1.2.3", "dead.beef", ":::", "1::2::3"})
    void readsNothingElseAndAsksNoNameServer(String entry) {
        assertThat(ForwardedAddress.parse(entry)).isEmpty();
    }
}
