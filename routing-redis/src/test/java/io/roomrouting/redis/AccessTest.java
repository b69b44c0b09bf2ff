package io.roomrouting.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.roomrouting.Epoch;
import io.roomrouting.HostState;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomFilter;
import io.roomrouting.RoomId;
import io.roomrouting.RoomMatch;
import io.roomrouting.RoomOwnership.Release;
import io.roomrouting.RoomQuery;
import io.roomrouting.RoomReport;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoomSpec;
import io.roomrouting.RoomVisibility;
import io.roomrouting.RoutingException;
import io.roomrouting.SeatResult;
import io.roomrouting.SeatWish;
import io.roomrouting.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.FieldSource;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** Users who may do only what they need. */
@ParameterizedClass
@FieldSource("io.roomrouting.redis.Engine#ALL")
class AccessTest {

    private static final String RULE = """
            // tag::acl[]
            ACL SETUSER rooms on >secret ~{rooms}:* +info +evalsha +eval +time +del +get +set +setrange
                +hdel +hexists +hget +hgetall +hincrby +hkeys +hlen +hmget +hset +hsetnx
                +zadd +zcard +zrange +zrangebylex +zrangebyscore +zrem +zremrangebyscore +zscore +pexpire
            // end::acl[]
            """;

    private static final RoomId ROOM = RoomId.of("lobby");

    private final Engine engine;

    AccessTest(Engine engine) {
        this.engine = engine;
    }

    @BeforeEach
    void empty() {
        engine.emptyDatabase().close();
        setUser(words());
    }

    @AfterEach
    void removeUser() {
        try (Jedis admin = engine.server().admin()) {
            admin.aclDelUser("rooms");
        }
    }

    @Test
    void the_documented_rights_are_enough_for_everything() {
        try (RedisDatabase database = database("rooms:secret")) {
            useAll(database);
        }
    }

    @Test
    void none_of_the_documented_rights_is_too_many() {
        for (String right : words()) {
            if (right.startsWith("+")) {
                setUser(words());
                setUser(List.of("-" + right.substring(1)));
                engine.emptyDatabase().close();
                try (Jedis admin = engine.server().admin();
                        RedisDatabase database = database("rooms:secret")) {
                    admin.scriptFlush();
                    assertThatExceptionOfType(RoutingException.Unavailable.class)
                            .as("without " + right)
                            .isThrownBy(() -> useAll(database))
                            .withMessage("Redis does not allow its user what is needed");
                }
            }
        }
    }

    @Test
    void keys_with_another_prefix_are_out_of_bounds() {
        try (RedisDatabase database = RedisDatabase.builder(uri("rooms:secret"))
                .prefix("other")
                .timeout(Duration.ofSeconds(20))
                .build()) {
            assertThatExceptionOfType(RoutingException.Unavailable.class)
                    .isThrownBy(() -> RedisRegistry.in(database).list())
                    .withMessage("Redis does not allow its user what is needed");
        }
    }

    @Test
    void a_password_may_have_any_characters() {
        setUser(List.of(">a@b:c/d,e%f g+\u00e4"));

        try (RedisDatabase database = database("rooms:a%40b%3Ac%2Fd%2Ce%25f%20g+%C3%A4")) {
            assertThat(RedisRegistry.in(database).list()).isEmpty();
        }
    }

    private static void useAll(RedisDatabase database) {
        RedisRegistry registry = RedisRegistry.builder(database)
                .lease(Duration.ofMinutes(5))
                .settleTime(Duration.ZERO)
                .build();
        RoomHost host = RoomHost.named("a").joined(registry);
        registry.ensure(ROOM, RoomSpec.defaults().withMaxClients(9));
        RoomAssignment first = host.opened(registry, ROOM);
        RoomAssignment second = host.claimed(
                registry, registry.create(RoomId.random(), RoomSpec.defaults()).room());
        assertThat(registry.find(ROOM).orElseThrow().assignment()).contains(first);
        assertThat(host.beats(registry)).isTrue();
        useLobby(registry, first);
        registry.mark(host.incarnation(), HostState.DRAINING);
        assertThat(registry.list()).hasSize(1);
        registry.release(first, Release.IDLE);
        registry.release(second, Release.CLOSED);
        new Housekeeping(new RegistryScripts(database, Duration.ZERO, Duration.ofMillis(1))).tidyUp(Duration.ZERO);
        registry.leave(host.incarnation());
        RedisRoomStateStore states = RedisRoomStateStore.in(database);
        states.load(ROOM, new Epoch(1));
        states.save(ROOM, new Epoch(1), 1, new byte[1]);
        states.load(ROOM, new Epoch(2));
        states.delete(ROOM, new Epoch(2));
    }

    private static void useLobby(RedisRegistry registry, RoomAssignment owner) {
        UserId alice = UserId.of("alice");
        SeatResult result = registry.reserve(ROOM, SeatWish.of(alice, Duration.ofMinutes(1)));
        RoomSeat seat =
                ((SeatResult.Reserved) result).seats().values().iterator().next();
        registry.report(
                owner.owner(),
                List.of(new RoomReport(
                        ROOM,
                        owner.epoch(),
                        1,
                        1,
                        9,
                        false,
                        RoomVisibility.PUBLIC,
                        Map.of(),
                        Map.of(seat.id(), alice),
                        Set.of())));
        assertThat(registry.list(RoomQuery.first(RoomFilter.everyRoom(), 9)).rooms())
                .hasSize(1);
        registry.match(RoomMatch.of(RoomFilter.everyRoom()), SeatWish.of(UserId.of("bob"), Duration.ofMinutes(1)));
        registry.cancel(ROOM, Set.of(seat.id()));
    }

    private RedisDatabase database(String login) {
        return Engine.patient(uri(login));
    }

    private String uri(String login) {
        return engine.server().uri().replace("//", "//" + login + "@");
    }

    /** The rule after the name of the user. */
    private static List<String> words() {
        List<String> words = Pattern.compile("\\s+")
                .splitAsStream(RULE.replaceAll("// \\S+", ""))
                .filter(word -> !word.isEmpty())
                .toList();
        return words.subList(3, words.size());
    }

    private void setUser(List<String> rules) {
        CommandArguments command =
                new CommandArguments(Command.ACL).add("SETUSER").add("rooms");
        rules.forEach(command::add);
        try (Connection admin =
                new Connection(new HostAndPort("127.0.0.1", engine.server().port()))) {
            admin.executeCommand(command);
        }
    }
}
