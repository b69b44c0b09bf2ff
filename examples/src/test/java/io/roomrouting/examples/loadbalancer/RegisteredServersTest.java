package io.roomrouting.examples.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RegisteredServersTest {

    private static final String VERSION = "1.0.0";
    private static final int MOST = 100;
    private static final long SEED = new Random().nextLong();

    private final ManualTime time = ManualTime.create();
    private final RegisteredServers servers =
            new RegisteredServers(MOST, Duration.ofSeconds(30), time, new Random(SEED));

    @Test
    void aRoomGoesToTheServerWithMostSpaceOfThatVersion() {
        register("small:80", 0, 10, VERSION);
        register("large:80", 50, 100, VERSION);
        register("other:80", 0, 1_000, "2.0.0");

        assertThat(find(VERSION)).contains("large:80");
        assertThat(find("2.0.0")).contains("other:80");
        assertThat(find("1.0")).isEmpty();
    }

    @Test
    void nobodyIsSentToAFullServer() {
        register("full:80", 51, 51, VERSION);
        register("none:80", 0, 0, VERSION);
        register("over:80", 9, 7, VERSION);
        assertThat(find(VERSION)).isEmpty();

        register("full:80", 50, 51, VERSION);
        assertThat(find(VERSION)).contains("full:80");

        register("full:80", 51, 51, VERSION);
        assertThat(find(VERSION)).isEmpty();
        assertThat(servers.list()).hasSize(3);
    }

    @Test
    void aBurstIsSpreadBySpaceUntilTheNextHeartbeat() {
        register("a:80", 0, 50, VERSION);
        register("b:80", 20, 50, VERSION);
        register("c:80", 0, 10, VERSION);

        assertThat(findMany(50)).isEqualTo(Map.of("a:80", 35, "b:80", 15));

        register("a:80", 35, 50, VERSION);
        register("b:80", 20, 50, VERSION);
        assertThat(find(VERSION)).contains("b:80");
    }

    @Test
    void whoWasOnlySentThereMakesNoServerFull() {
        register("a:80", 0, 3, VERSION);

        assertThat(findMany(100)).isEqualTo(Map.of("a:80", 100));
    }

    @Test
    void equalServersShareTheFirstRooms() {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            List.of("a:80", "b:80", "c:80").forEach(name -> register(name, 0, 51, VERSION));
            first.merge(find(VERSION).orElseThrow(), 1, Integer::sum);
        }

        assertThat(first.values()).as("seed %d", SEED).hasSize(3).allMatch(count -> count > 230);
    }

    @Test
    void aSilentServerIsForgottenAfterThirtySeconds() {
        register("a:80", 0, 10, VERSION);
        time.advance(Duration.ofSeconds(10));
        register("b:80", 9, 10, VERSION);
        time.advance(Duration.ofMillis(19_999));
        assertThat(find(VERSION)).contains("a:80");
        time.advance(Duration.ofMillis(1));

        assertThat(find(VERSION)).contains("b:80");
        assertThat(servers.list()).extracting(RegisteredServer::name).containsExactly("b:80");
        time.advance(Duration.ofSeconds(10));
        assertThat(find(VERSION)).isEmpty();
        assertThat(servers.list()).isEmpty();
    }

    @Test
    void aSearchKeepsNoServerAlive() {
        register("a:80", 0, 10, VERSION);
        IntStream.range(0, 29).forEach(i -> {
            time.advance(Duration.ofSeconds(1));
            find(VERSION);
        });
        time.advance(Duration.ofSeconds(1));

        assertThat(find(VERSION)).isEmpty();
    }

    @Test
    void aServerThatSaysGoodbyeIsGoneAtOnce() {
        register("a:80", 0, 10, VERSION);

        assertThat(servers.unregister(Heartbeat.server("A:80"))).isTrue();
        assertThat(servers.unregister(Heartbeat.server("a:80"))).isFalse();
        assertThat(find(VERSION)).isEmpty();
    }

    @Test
    void aServerThatComesBackWithAnotherVersionIsFoundByThatOnly() {
        register("a:80", 0, 10, VERSION);
        register("a:80", 0, 10, "2");

        assertThat(find(VERSION)).isEmpty();
        assertThat(find("2")).contains("a:80");
    }

    @Test
    void oneServerTooManyIsRefusedAndTheOthersStillCount() {
        IntStream.range(0, MOST).forEach(i -> register("h" + i + ":80", 0, i, "v" + i));

        assertThatThrownBy(() -> register("more:80", 0, 1, VERSION))
                .isInstanceOfSatisfying(
                        RoutingException.Unavailable.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED));
        register("h1:80", 1, 5, "v1");
        assertThat(find("v1")).contains("h1:80");
        servers.unregister(Heartbeat.server("h2:80"));
        register("more:80", 0, 1, VERSION);
        assertThat(find(VERSION)).contains("more:80");
    }

    private void register(String name, int rooms, int capacity, String version) {
        servers.register(heartbeat(name, rooms, capacity, version));
    }

    private static Heartbeat heartbeat(String name, int rooms, int capacity, String version) {
        return new Heartbeat(Heartbeat.server(name), 2, rooms, capacity, version);
    }

    private Optional<String> find(String version) {
        return servers.find(version).map(RegisteredServer::name);
    }

    private Map<String, Integer> findMany(int count) {
        Map<String, Integer> found = new HashMap<>();
        IntStream.range(0, count).forEach(i -> found.merge(find(VERSION).orElseThrow(), 1, Integer::sum));
        return found;
    }
}
