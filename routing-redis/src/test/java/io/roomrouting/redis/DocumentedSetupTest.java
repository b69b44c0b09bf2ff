package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

/** What docs/redis.md shows. */
class DocumentedSetupTest {

    @Test
    void the_documented_lines_connect_to_nobody_yet() {
        // tag::setup[]
        RedisDatabase database = RedisDatabase.at("redis://user:password@redis.example.com:6379/0");
        RedisRegistry registry = RedisRegistry.in(database);
        RedisRoomStateStore states = RedisRoomStateStore.in(database);
        // end::setup[]

        assertThat(registry.mayBlock()).isTrue();
        assertThat(states).isNotNull();
        database.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(registry::list);
    }
}
