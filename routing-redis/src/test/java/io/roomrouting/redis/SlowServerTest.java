package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.RoutingException;
import io.roomrouting.testkit.TcpProxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A server that takes two seconds for everything, and a usual time-out of three. */
class SlowServerTest {

    @Test
    void the_first_call_ends_in_time_and_the_next_need_not_begin_by_connecting() {
        try (TcpProxy proxy = new TcpProxy(Engine.OLDEST.server().port());
                RedisDatabase before = Engine.OLDEST.emptyDatabase();
                RedisDatabase usual = RedisDatabase.at(Engine.uri(proxy))) {
            RedisRegistry.in(before).list();
            RedisRegistry registry =
                    RedisRegistry.builder(usual).settleTime(Duration.ZERO).build();
            proxy.set(TcpProxy.Mode.SLOW);

            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(registry::list)
                    .withMessage("Redis did not answer in time");
            assertThat(registry.list()).isEmpty();
        }
    }
}
