package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A client that sends any packet at any time to an application that does anything at any time, and what must be true when
 * it is over.
 */
final class SocketScript {

    private static final String[] PACKETS = {
        "40",
        "40/custom",
        "40/slow",
        "40/hooked",
        "40/random",
        "41",
        "41/custom,",
        "42[\"message\",1]",
        "42/custom,[\"message\"]",
        "427[\"message-with-ack\",1]",
        "430[1]",
        "43/custom,1[]",
        "44{}",
        "451-[\"message\",{\"_placeholder\":true,\"num\":0}]",
        "450-[\"message\"]",
        "42[\"connect\"]",
        "4junk",
        "3",
        "6"
    };

    private final Choices choices;
    private final TestApplication application =
            new TestApplication(SocketSettings.defaults().withConnectTimeout(Duration.ofMillis(400)));
    private final FakeLink link;
    private final CompletableFuture<String> hook = new CompletableFuture<>();
    private int came;
    private int asked;
    private int answered;

    SocketScript(Choices choices) {
        this.choices = choices;
        for (String name : List.of("/", "/custom", "/slow")) {
            application.namespaces.put(name, (socket, request) -> {
                came++;
                application.sockets.put(socket.namespace(), socket);
                if (!name.equals("/slow")) {
                    socket.accept();
                }
                return application.listener(socket);
            });
        }
        NamespaceHandler behind = (socket, request) -> {
            came++;
            socket.accept();
            return application.listener(socket);
        };
        application.namespaces.put(
                "/hooked", behind.behind(request -> hook.thenApply(answer -> request.with("answer", answer))));
        link = application.server.webSocket();
    }

    void run() {
        while (choices.more()) {
            step();
        }
        application.server.pass(60_000);

        assertThat(link.isClosed()).isTrue();
        assertThat(application.log.stream().filter(entry -> entry.contains(" gone: ")))
                .hasSize(came);
        assertThat(answered).isEqualTo(asked);
        assertThat(application.server.time.pendingTimers()).isZero();
        assertThat(application.server.engine.sessionCount()).isZero();
    }

    private void step() {
        switch (choices.below(12)) {
            case 0 -> link.binary((byte) 1);
            case 1 -> application.server.pass(choices.below(100));
            case 2 -> application.sockets.values().stream().findAny().ifPresent(this::act);
            case 3 -> link.text("4" + madeUp());
            case 4 -> {
                if (choices.below(10) == 0) {
                    hook.complete("yes");
                }
            }
            default -> link.text(choices.oneOf(PACKETS));
        }
    }

    /** Made up, but for what the application could not send back: the separator, and bytes named more than once. */
    private String madeUp() {
        return choices.text().replace('\u001e', ' ').replace("_placeholder", "placeholder");
    }

    private void act(ClientSocket socket) {
        switch (choices.below(6)) {
            case 0 -> socket.disconnect();
            case 1 -> socket.refuse("no", Optional.of(Map.of("code", 1)));
            case 2 -> socket.accept();
            case 3 -> socket.emit("e", List.of(new byte[1]));
            case 4 -> {
                asked++;
                application
                        .socketServer()
                        .requestAll(List.of(socket), "all", List.of(), Duration.ofSeconds(50))
                        .thenRun(() -> answered++);
            }
            default -> socket.request("q", List.of(), Duration.ofSeconds(50), outcome -> {});
        }
    }
}
