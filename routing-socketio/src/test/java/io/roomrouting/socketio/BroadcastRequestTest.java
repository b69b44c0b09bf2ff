package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.session.Payload;
import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** One event to many clients, each of which is to answer. */
class BroadcastRequestTest {

    private static final Duration SOON = Duration.ofMillis(100);

    private final TestApplication application =
            new TestApplication(new SocketSettings(Duration.ofSeconds(45), 10, 3, 1, false));
    private final List<BroadcastAnswers> results = new ArrayList<>();
    private final List<FakeLink> links = new ArrayList<>();
    private final List<ClientSocket> clients = new ArrayList<>();

    private void enter(int count, String namespace) {
        for (int i = 0; i < count; i++) {
            FakeLink link = application.server.webSocket();
            link.text("40" + namespace);
            link.received();
            links.add(link);
            clients.add(application.socket(namespace));
        }
    }

    private void ask() {
        CompletionStage<BroadcastAnswers> asked =
                application.socketServer().requestAll(clients, "vote", List.of("now"), SOON);
        asked.thenAccept(results::add);
    }

    private BroadcastAnswers result() {
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    @Test
    void allAreAskedUnderOneNumberAndTheirAnswersGathered() {
        enter(3, "/custom");

        ask();
        for (int i = 0; i < 3; i++) {
            assertThat(links.get(i).received()).containsExactly("42/custom,0[\"vote\",\"now\"]");
            assertThat(results).isEmpty();
            links.get(i).text("43/custom,0[" + i + "]");
        }

        assertThat(result().missing()).isEmpty();
        for (int i = 0; i < 3; i++) {
            List<Payload> answer = result().answers().getOrDefault(clients.get(i), List.of());
            assertThat(answer.get(0).as(Integer.class)).isEqualTo(i);
        }
        assertThat(application.server.time.pendingTimers()).isEqualTo(2 * 3);
    }

    @Test
    void whoDoesNotAnswerIsNamedWithTheReason() {
        enter(4, "/");
        clients.get(3).request("earlier", List.of(), SOON, outcome -> {});

        ask();
        links.get(0).text("431[\"yes\"]");
        links.get(1).listener().onFailed();
        application.server.pass(100);

        assertThat(result().answers()).containsOnlyKeys(clients.get(0));
        assertThat(result().missing()).containsExactlyInAnyOrder(clients.get(1), clients.get(2), clients.get(3));
        assertThat(result().outcomes())
                .containsEntry(clients.get(1), new AckOutcome.Disconnected())
                .containsEntry(clients.get(2), new AckOutcome.TimedOut())
                .containsEntry(clients.get(3), new AckOutcome.NotAsked());
    }

    @Test
    void nobodyIsAskedOfNobody() {
        ask();

        assertThat(result().outcomes()).isEmpty();
    }

    @Test
    void onlySoMuchIsKept() {
        enter(20, "/");
        ask();
        String large = "x".repeat(1_000_000);
        links.forEach(link -> link.text("430[\"" + large + "\"]"));

        int kept = (int) (BroadcastRequest.MAX_WEIGHT / (large.length() + 16));
        assertThat(result().answers()).hasSize(kept);
        assertThat(result().missing()).hasSize(20 - kept);
        assertThat(result().outcomes()).containsValue(new AckOutcome.NotKept());
    }

    @Test
    void clientsOfOtherNamespacesAreNotMixed() {
        enter(1, "/");
        enter(1, "/custom");

        assertThatIllegalArgumentException().isThrownBy(this::ask);
    }
}
