package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AddressLimiterTest {

    private final ManualTime time = ManualTime.create();
    private final AddressLimiter limiter = new AddressLimiter(new RateLimit(3, Duration.ofSeconds(30)), time);

    @Test
    void letsABurstThroughAndThenOneAtATime() {
        SocketAddress address = address("192.0.2.1", 1);

        assertThat(taken(address, 10)).isEqualTo(3);
        time.advance(Duration.ofSeconds(10));
        assertThat(taken(address, 10)).isEqualTo(1);
        time.advance(Duration.ofMinutes(10));
        assertThat(taken(address, 10)).isEqualTo(3);
    }

    @Test
    void saysHowLongToWait() {
        SocketAddress address = address("192.0.2.1", 1);
        taken(address, 3);
        time.advance(Duration.ofSeconds(4));

        assertThatThrownBy(() -> limiter.take(address))
                .isInstanceOfSatisfying(RoutingException.Unavailable.class, refusal -> {
                    assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                    assertThat(refusal.retryAfter()).isEqualTo(Optional.of(Duration.ofSeconds(6)));
                });
    }

    @Test
    void keepsAddressesApartButNotPorts() {
        assertThat(taken(address("192.0.2.1", 1), 3)).isEqualTo(3);
        assertThat(taken(address("192.0.2.1", 2), 3)).isZero();
        assertThat(taken(address("192.0.2.2", 1), 3)).isEqualTo(3);
    }

    @Test
    void countsANetworkOfIpv6AsOne() {
        assertThat(taken(address("2001:db8:1:2::1", 1), 3)).isEqualTo(3);
        assertThat(taken(address("2001:db8:1:2:ffff::2", 1), 3)).isZero();
        assertThat(taken(address("2001:db8:1:3::1", 1), 3)).isEqualTo(3);
    }

    @Test
    void manyAddressesNeitherCrowdEachOtherOutNorFreeAnOffender() throws UnknownHostException {
        SocketAddress offender = address("192.0.2.1", 1);
        taken(offender, 3);

        int refused = 0;
        for (int i = 0; i < 2_000; i++) {
            byte[] other = {10, 0, (byte) (i >> 8), (byte) i};
            refused += 1 - taken(new InetSocketAddress(InetAddress.getByAddress(other), 1), 1);
        }

        // A few may share the offender's bucket: 2,000 addresses on 65,536 buckets, under a salt of the day.
        assertThat(refused).isLessThan(5);
        assertThat(taken(offender, 1)).isZero();
    }

    @Test
    void refusesLimitsOutOfBounds() {
        assertThatThrownBy(() -> RateLimit.perMinute(0)).hasMessage("requests is 0, must be 1 to 1000000");
        assertThatThrownBy(() -> new RateLimit(1, Duration.ZERO)).hasMessage("per is PT0S, must be 1 ms to 1 day");
    }

    private int taken(SocketAddress address, int attempts) {
        int refused = 0;
        for (int i = 0; i < attempts; i++) {
            try {
                limiter.take(address);
            } catch (RoutingException.Unavailable e) {
                refused++;
            }
        }
        return attempts - refused;
    }

    private static SocketAddress address(String literal, int port) {
        return new InetSocketAddress(ForwardedAddress.parse(literal).orElseThrow(), port);
    }
}
