package io.roomrouting.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.HostAddress;
import io.roomrouting.jetty.BalancerRegistration.Load;
import io.roomrouting.testkit.ManualTime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When which balancer is told what, on a clock that the test moves. */
class BalancerRegistrationTest {

    private static final URI ONE = URI.create("http://lb-1:8100");
    private static final URI TWO = URI.create("http://lb-2:8100");
    private static final String KEY = "a-key-of-the-balancers";
    private static final HostAddress ADDRESS = HostAddress.parse("chat-1:80");

    private final ManualTime time = ManualTime.create();
    private final FakeBalancers balancers = new FakeBalancers();
    private Load load = new Load(0, 2, true);

    @Test
    void registersAtOnceAndEveryTenSeconds() {
        start();
        load = new Load(1, 2, true);
        time.advance(Duration.ofSeconds(25));

        assertThat(balancers.told)
                .containsExactly(
                        "0: lb-1 0/2", "0: lb-2 0/2", "10: lb-1 1/2", "10: lb-2 1/2", "20: lb-1 1/2", "20: lb-2 1/2");
    }

    @Test
    void tellsAtOnceWhenItBecomesFullAndWhenItIsNoLonger() {
        BalancerRegistration registration = start(ONE);
        time.advance(Duration.ofSeconds(3));
        load = new Load(1, 2, true);
        registration.loadChanged();
        time.advance(Duration.ofSeconds(1));
        load = new Load(2, 2, true);
        registration.loadChanged();
        time.advance(Duration.ofSeconds(1));
        load = new Load(1, 2, true);
        registration.loadChanged();
        time.advance(Duration.ofSeconds(6));

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "4: lb-1 2/2", "5: lb-1 1/2");
    }

    @Test
    void aRoomThatComesAndGoesAllTheTimeIsNoFlood() {
        BalancerRegistration registration = start(ONE);
        for (int i = 0; i < 1_000; i++) {
            load = new Load(i % 2 + 1, 2, true);
            registration.loadChanged();
            time.advance(Duration.ofMillis(1));
        }

        assertThat(balancers.told).hasSizeBetween(5, 11);
    }

    @Test
    void whatChangesDuringACallIsToldAfterIt() {
        BalancerRegistration registration = start(ONE);
        time.advance(Duration.ofSeconds(9));
        balancers.hang(ONE);
        time.advance(Duration.ofSeconds(1));
        load = new Load(2, 2, true);
        registration.loadChanged();
        balancers.answer(ONE, Optional.empty());
        time.advance(Duration.ofSeconds(1));

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "10: lb-1 0/2", "10: lb-1 2/2");
    }

    @Test
    void aBalancerWhoseAnswerWasLostIsToldOfAFullServer() {
        balancers.fail(ONE);
        BalancerRegistration registration = start(ONE);
        time.advance(Duration.ofSeconds(5));
        load = new Load(2, 2, true);
        registration.loadChanged();
        registration.loadChanged();
        time.advance(Duration.ofSeconds(1));

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "5: lb-1 2/2");
    }

    @Test
    void aServerThatTakesNoRoomsIsUnregisteredUntilItDoes() {
        BalancerRegistration registration = start(ONE);
        load = new Load(1, 2, false);
        registration.loadChanged();
        time.advance(Duration.ofSeconds(4));
        assertThat(registration.status().get(0).registered()).isFalse();
        load = new Load(1, 2, true);
        registration.loadChanged();
        time.advance(Duration.ofSeconds(1));

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "0: lb-1 gone", "4: lb-1 1/2");
        assertThat(registration.status().get(0).registered()).isTrue();
    }

    @Test
    void leavesABalancerAloneAfterThreeFailures() {
        balancers.fail(ONE);
        start();
        time.advance(Duration.ofSeconds(85));

        assertThat(balancers.told.stream().filter(line -> line.contains("lb-1")))
                .containsExactly("0: lb-1 0/2", "10: lb-1 0/2", "20: lb-1 0/2", "50: lb-1 0/2", "80: lb-1 0/2");
        assertThat(balancers.told.stream().filter(line -> line.contains("lb-2")))
                .hasSize(9);
    }

    @Test
    void returnsToItsRhythmWithABalancerThatIsBack() {
        balancers.fail(ONE);
        BalancerRegistration registration = start(ONE);
        time.advance(Duration.ofSeconds(45));
        assertThat(registration.status().get(0).trouble()).contains("is broken");
        assertThat(registration.status().get(0).sinceAnswer()).isEmpty();
        balancers.mend(ONE);
        time.advance(Duration.ofSeconds(16));

        assertThat(balancers.told)
                .containsExactly("0: lb-1 0/2", "10: lb-1 0/2", "20: lb-1 0/2", "50: lb-1 0/2", "60: lb-1 0/2");
        assertThat(registration.status())
                .containsExactly(new BalancerRegistration.Status(
                        ONE, true, Optional.of(Duration.ofSeconds(1)), Optional.empty()));
    }

    @Test
    void aBalancerThatHangsDelaysNoOther() {
        balancers.hang(ONE);
        start();
        time.advance(Duration.ofSeconds(20));

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "0: lb-2 0/2", "10: lb-2 0/2", "20: lb-2 0/2");
    }

    @Test
    void unregistersEverywhereAndIsSilentThen() {
        BalancerRegistration registration = start();
        registration.close();
        registration.loadChanged();
        time.advance(Duration.ofMinutes(1));

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "0: lb-2 0/2", "0: lb-1 gone", "0: lb-2 gone");
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void unregistersAfterTheHeartbeatThatIsUnderWay() {
        balancers.hang(ONE);
        BalancerRegistration registration = start(ONE);
        Thread closing = new Thread(registration::close);
        closing.start();
        awaitStopping();
        assertThat(balancers.told).containsExactly("0: lb-1 0/2");
        balancers.mend(ONE);
        balancers.answer(ONE, Optional.empty());
        join(closing);

        assertThat(balancers.told).containsExactly("0: lb-1 0/2", "0: lb-1 gone");
    }

    @Test
    void aStopDoesNotWaitForABalancerThatIsLeftAlone() {
        balancers.fail(ONE);
        BalancerRegistration registration = start();
        time.advance(Duration.ofSeconds(21));
        balancers.hang(ONE);
        registration.close();

        assertThat(balancers.told).contains("21: lb-1 gone", "21: lb-2 gone");
    }

    @Test
    void aStopWaitsNoLongerThanASecond() {
        balancers.hang(ONE);
        BalancerRegistration registration = start(ONE);
        Thread closing = new Thread(registration::close);
        closing.start();
        awaitStopping();
        time.advance(Duration.ofSeconds(1));
        join(closing);

        assertThat(closing.isAlive()).isFalse();
    }

    @Test
    void withoutBalancersNothingHappens() {
        try (BalancerRegistration registration = start(new URI[0])) {
            registration.loadChanged();
            assertThat(registration.status()).isEmpty();
        }
        assertThat(time.pendingTimers()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://lb", "lb:8100", "//lb", "http://user:secret@lb", "http://lb?x=1", "http://lb#x", "http:/x"
            })
    void refusesWhatIsNoBalancer(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BalancerRegistration.builder(List.of(URI.create(url)), KEY))
                .withMessageContaining("http(s)://host")
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with blank", "line\nbreak", "schlüssel"})
    void refusesAKeyThatCannotStandInAHeader(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BalancerRegistration.builder(List.of(ONE), key))
                .withMessageContaining("key must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1/0", "with blank", "..%2f"})
    void refusesWhatIsNoVersion(String version) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BalancerRegistration.builder(List.of(ONE), KEY)
                        .address(ADDRESS)
                        .version(version)
                        .load(() -> load)
                        .start())
                .withMessageContaining("version is");
    }

    private BalancerRegistration start() {
        return start(ONE, TWO);
    }

    private BalancerRegistration start(URI... urls) {
        return BalancerRegistration.builder(List.of(urls), KEY)
                .address(ADDRESS)
                .version("1.0.0")
                .load(() -> load)
                .time(time)
                .start(balancers);
    }

    /** The time-out of a stop is the next timer, and no longer the heartbeat. */
    private void awaitStopping() {
        Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!time.untilNextTimer().equals(second) && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
        assertThat(time.untilNextTimer()).isEqualTo(second);
    }

    private static void join(Thread thread) {
        try {
            thread.join(30_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records what it is told, with the second, and answers at once unless it is asked not to. */
    private final class FakeBalancers implements BalancerCalls {

        final List<String> told = new ArrayList<>();
        private final Map<URI, Optional<String>> troubles = new HashMap<>();
        private final Map<URI, CompletableFuture<Optional<String>>> hanging = new HashMap<>();
        private final long start = time.nanoTime();

        void fail(URI balancer) {
            troubles.put(balancer, Optional.of("is broken"));
        }

        void mend(URI balancer) {
            troubles.remove(balancer);
        }

        void hang(URI balancer) {
            hanging.put(balancer, new CompletableFuture<>());
        }

        void answer(URI balancer, Optional<String> trouble) {
            Optional.ofNullable(hanging.remove(balancer)).orElseThrow().complete(trouble);
        }

        @Override
        public CompletableFuture<Optional<String>> register(URI balancer, Load carried) {
            return record(balancer, carried.rooms() + "/" + carried.capacity());
        }

        @Override
        public CompletableFuture<Optional<String>> unregister(URI balancer) {
            return record(balancer, "gone");
        }

        private CompletableFuture<Optional<String>> record(URI balancer, String what) {
            long second = Duration.ofNanos(time.nanoTime() - start).toSeconds();
            told.add(second + ": " + balancer.getHost() + " " + what);
            CompletableFuture<Optional<String>> open = hanging.get(balancer);
            return open != null
                    ? open
                    : CompletableFuture.completedFuture(troubles.getOrDefault(balancer, Optional.empty()));
        }
    }
}
