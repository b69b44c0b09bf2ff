package io.roomrouting.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConnectHookTest {

    private final TestApplication application = new TestApplication(SocketSettings.defaults());
    private final FakeLink link = application.server.webSocket();
    private final List<String> asked = new ArrayList<>();
    private final CompletableFuture<ConnectRequest> answer = new CompletableFuture<>();

    private CompletionStage<ConnectRequest> pass(ConnectRequest request) {
        asked.add(request.namespace() + request.attributes());
        return CompletableFuture.completedFuture(request.with("user", "ann"));
    }

    private List<String> refusedWith(RuntimeException why) {
        application.namespaces.put(
                "/x", ((NamespaceHandler) application::connect).behind(request -> CompletableFuture.failedFuture(why)));
        link.text("40/x,");
        return link.received();
    }

    @Test
    void hooksAreAskedInOrderAndTellTheHandlerWhatTheyFound() {
        NamespaceHandler handler = (socket, request) -> {
            asked.add(request.attribute("user", String.class).orElseThrow());
            return application.connect(socket, request);
        };
        application.namespaces.put("/x", handler.behind(this::pass, this::pass));

        link.text("40/x,{\"a\":1}");
        link.text("42/x,[\"message\",1]");

        assertThat(asked).containsExactly("/x{}", "/x{user=ann}", "ann");
        assertThat(link.received()).hasSize(3).contains("42/x,[\"auth\",{\"a\":1}]", "42/x,[\"message-back\",1]");
    }

    @Test
    void aClientWaitsForASlowHook() {
        application.namespaces.put(
                "/x", ((NamespaceHandler) application::connect).behind(request -> answer, this::pass));
        link.text("40/x,");
        assertThat(link.received()).isEmpty();
        assertThat(asked).isEmpty();

        answer.complete(new ConnectRequest("/x", emptyAuth(), handshake(), Map.of()));

        assertThat(link.received()).hasSize(2);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aClientThatLeavesWhileItWaitsDoesNotEnter() {
        application.namespaces.put(
                "/x", ((NamespaceHandler) application::connect).behind(request -> answer, this::pass));
        link.text("40/x,");

        link.listener().onClosed();
        answer.complete(new ConnectRequest("/x", emptyAuth(), handshake(), Map.of()));

        assertThat(asked).isEmpty();
        assertThat(application.sockets).isEmpty();
        assertThat(application.server.time.pendingTimers()).isZero();
    }

    @Test
    void aHookRefusesInItsOwnWords() {
        assertThat(refusedWith(new ConnectRefusal("not you", Map.of("n", 1))))
                .containsExactly("44/x,{\"message\":\"not you\",\"data\":{\"n\":1}}");
        assertThat(refusedWith(new CompletionException(new ConnectRefusal("nor you"))))
                .containsExactly("44/x,{\"message\":\"nor you\"}");
        assertThat(application.sockets).isEmpty();
    }

    @Test
    void aHookRefusesInTheWordsOfRooms() {
        assertThat(refusedWith(RoutingException.unavailable(ErrorCode.OVERLOADED, "busy", Duration.ofSeconds(2))))
                .containsExactly(
                        "44/x,{\"message\":\"busy\",\"data\":{\"code\":\"OVERLOADED\",\"retryAfterMs\":2000}}");
    }

    @Test
    void aHookThatFailsTellsNothingOfIt() {
        assertThat(refusedWith(new IllegalStateException("the password is swordfish")))
                .containsExactly("44/x,{\"message\":\"the server has failed\",\"data\":{\"code\":\"INTERNAL_ERROR\"}}");

        application.namespaces.put("/y", ((NamespaceHandler) application::connect).behind(request -> {
                    throw new IllegalStateException("at once");
                }));
        link.text("40/y,");
        assertThat(link.received()).singleElement().asString().contains("INTERNAL_ERROR");
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void aRefusalThatCannotBeWrittenIsAFailure() {
        assertThat(refusedWith(new ConnectRefusal("not you", new Object())))
                .singleElement()
                .asString()
                .contains("INTERNAL_ERROR");
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void aHandlerThatFailsBehindAHookLetsNobodyIn() {
        NamespaceHandler handler = (socket, request) -> {
            if (request.namespace().equals("/late")) {
                socket.accept("me");
            }
            throw new IllegalStateException("a fault in the application");
        };
        application.namespaces.put("/early", handler.behind(this::pass));
        application.namespaces.put("/late", handler.behind(this::pass));

        link.text("40/early,");
        link.text("40/late,");

        List<String> heard = link.received();
        assertThat(heard).hasSize(3).endsWith("40/late,{\"sid\":\"me\"}", "41/late,");
        assertThat(heard.get(0)).startsWith("44/early,").contains("INTERNAL_ERROR");
        assertThat(link.isClosed()).isFalse();
    }

    @Test
    void aRequestKeepsItsSecrets() {
        ConnectRequest request = new ConnectRequest("/x", emptyAuth(), handshake(), Map.of("key", "swordfish"));

        assertThat(request.toString()).contains("key").doesNotContain("swordfish");
    }

    @Test
    void namespacesAreGivenByRules() {
        NamespaceHandler one = application::connect;
        NamespaceHandler other = (socket, request) -> application.connect(socket, request);
        Namespaces namespaces =
                Namespaces.of(Map.of("/one", one)).or(Namespaces.matching(Pattern.compile("/game-\\d+"), other));

        assertThat(namespaces.find("/one")).containsSame(one);
        assertThat(namespaces.find("/game-12")).containsSame(other);
        assertThat(namespaces.find("/game-12x")).isEmpty();
    }

    @Test
    void aServerAsksWhoMayConnectAtAll() {
        SocketServer server = SocketServer.builder()
                .namespace("/", application::connect)
                .allowRequest(request -> Optional.of("not from " + request.remoteAddress()))
                .build();

        assertThat(server.refusal(handshake())).contains("not from 192.0.2.1");
    }

    private static io.roomrouting.session.Payload emptyAuth() {
        JsonNode empty = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        return new JsonPayload(new com.fasterxml.jackson.databind.ObjectMapper(), empty);
    }

    private static io.roomrouting.socketio.engine.EngineRequest handshake() {
        return new io.roomrouting.socketio.engine.EngineRequest("GET", Map.of(), Map.of(), "192.0.2.1");
    }
}
