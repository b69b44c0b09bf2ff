package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One client of a full room stops reading: it goes, the others notice nothing, and memory stays bounded. */
class StallTest {

    private static final int CROWD = 200;

    private static final int CHARACTERS = 980;

    /** Characters that take six bytes each in JSON. */
    private static final String LONG_TEXT = "\u0001".repeat(CHARACTERS);

    private static final int OUTBOUND_LIMIT = 1024 * 1024;

    /** What the kernel may take on top, in the sockets of both sides. */
    private static final int SOCKET_BUFFERS = 8 * 1024 * 1024;

    @Test
    void aClientThatNeverReadsIsSentAwayAndDelaysNobody() throws IOException {
        // On a quick machine two clients that answer each other say more in a second than people may.
        Map<String, String> settings = Map.of(
                "MAX_OUTBOUND_BYTES",
                Integer.toString(OUTBOUND_LIMIT),
                "MESSAGES_PER_SECOND",
                "100000",
                "MESSAGE_BURST",
                "100000");
        try (LocalSystem system = LocalSystem.start(1, settings)) {
            BackendClient backend = system.backend();
            String room = backend.createRoom(backend.login("alice"));
            ChatClient alice = ChatClient.join(backend.resolveAs("alice", room));
            ChatClient bob = ChatClient.join(backend.resolveAs("bob", room));
            List<ChatClient> crowd = IntStream.range(0, CROWD)
                    .mapToObj(i -> ChatClient.join(backend.resolveAs("user " + i, room)))
                    .toList();
            crowd.forEach(ChatClient::stopRemembering);
            talk(alice, bob, 50);
            List<Duration> undisturbed = talk(alice, bob, 100);

            List<Duration> disturbed = new ArrayList<>();
            try (StalledClient mallory = StalledClient.join(backend.resolveAs("mallory", room))) {
                bob.awaitEvent("user_joined", StallTest::isMallory);
                while (bob.events("user_left").isEmpty()) {
                    disturbed.addAll(talk(alice, bob, 5));
                    assertThat(disturbed.size() * 6 * CHARACTERS).isLessThan(OUTBOUND_LIMIT + SOCKET_BUFFERS);
                }
                bob.awaitEvent("user_left", StallTest::isMallory);
                assertThat(new String(mallory.readToTheEnd(), StandardCharsets.ISO_8859_1))
                        .contains("SLOW_CONSUMER");
            }

            report("undisturbed", undisturbed);
            report("with a stalled client", disturbed);
            assertThat(median(disturbed))
                    .isLessThan(median(undisturbed).multipliedBy(3).plusMillis(250));
            assertThat(crowd).allMatch(ChatClient::isOpen);
            crowd.forEach(ChatClient::close);
        }
    }

    /** Returns how long each message took from one client to the other. */
    private static List<Duration> talk(ChatClient from, ChatClient to, int messages) {
        List<Duration> latencies = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            long start = System.nanoTime();
            String text = start + LONG_TEXT;
            from.say(text);
            to.awaitMessage(text);
            latencies.add(Duration.ofNanos(System.nanoTime() - start));
        }
        latencies.sort(null);
        return latencies;
    }

    private static Duration median(List<Duration> latencies) {
        return latencies.stream()
                .sorted()
                .skip(latencies.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    private static void report(String how, List<Duration> latencies) {
        System.out.printf(
                "%d deliveries in a room of %d, %s: median %d ms, slowest %d ms%n",
                latencies.size(),
                CROWD + 2,
                how,
                median(latencies).toMillis(),
                latencies.stream().max(Duration::compareTo).orElseThrow().toMillis());
    }

    private static boolean isMallory(JsonNode data) {
        return data.path("username").asText().equals("mallory");
    }
}
