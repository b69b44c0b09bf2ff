package io.roomrouting.examples.chatroom;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientAddressTest {

    @Test
    void portsDoNotMatter() throws UnknownHostException {
        assertThat(of("192.0.2.1", 1)).isEqualTo(of("192.0.2.1", 2)).isNotEqualTo(of("192.0.2.2", 1));
    }

    @Test
    void aNetworkOfIpv6IsOneClient() throws UnknownHostException {
        assertThat(of("2001:db8:1:2::1", 1))
                .isEqualTo(of("2001:db8:1:2:ffff::9", 1))
                .isNotEqualTo(of("2001:db8:1:3::1", 1));
    }

    private static String of(String address, int port) throws UnknownHostException {
        return ClientAddress.of(new InetSocketAddress(InetAddress.getByName(address), port));
    }
}
