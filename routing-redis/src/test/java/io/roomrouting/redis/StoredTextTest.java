package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.HostId;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomRecord;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What applications write into rooms and hosts. */
class StoredTextTest {

    @ParameterizedTest
    @FieldSource("io.roomrouting.redis.Engine#ALL")
    void rooms_and_hosts_are_found_as_they_were_made_whatever_their_words(Engine engine) {
        try (RedisDatabase database = engine.emptyDatabase()) {
            RedisRegistry registry =
                    RedisRegistry.builder(database).settleTime(Duration.ZERO).build();
            RoomSpec spec = RoomSpec.ofType("chess")
                    .withRegion("S\u00e3o Paulo\"}, {")
                    .withMaxClients(2)
                    .withMetadata(Map.of(
                            "a&b=c",
                            "100 % = \u0000 \ud83d\ude00 + \n",
                            "empty",
                            "",
                            "visibility",
                            "PUBLIC",
                            "type",
                            "go"));
            HostIncarnation odd = new HostIncarnation(HostId.of("a]['b"), "n o\u0000n\nc\"e \ud83d\ude00");
            RoomHost host = new RoomHost(odd, RoomHost.named("a").address()).joined(registry);

            RoomRecord made = registry.create(RoomId.random(), spec);
            RoomAssignment owner = host.claimed(registry, made.room());

            assertThat(made.spec()).isEqualTo(spec);
            assertThat(registry.confirm(owner)).isTrue();
            assertThat(registry.find(made.room()).orElseThrow().assignment()).contains(owner);
            assertThat(registry.list().get(0).host()).isEqualTo(odd);
            assertThat(registry.list(RoomQuery.first(RoomFilter.everyRoom(), 9)).rooms())
                    .as("only the room's metadata says that it is public")
                    .isEmpty();
        }
    }

    @Test
    void an_empty_map_is_an_empty_text() {
        assertThat(Texts.form(Map.of())).isEmpty();
        assertThat(Texts.toMap("")).isEmpty();
        assertThat(Texts.toSpec(Texts.of(RoomSpec.defaults().withVisibility(RoomVisibility.PUBLIC))))
                .isEqualTo(RoomSpec.defaults().withVisibility(RoomVisibility.PUBLIC));
    }
}
