package io.roomrouting.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.Choices;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A client that does everything at any time to one session, and what must be true when it is over. */
final class EngineScript {

    private static final int MAX_PAYLOAD = 1_500;
    private static final int MAX_BUFFERED = 3_000;
    private static final String[] PACKETS = {
        "1", "2", "2probe", "3", "3", "3", "4a", "4b", "5", "6", "7", "", "b", "bAQ==", "b*", "4a\u001e4b", "4a\u001e1"
    };
    private static final String[] METHODS = {"GET", "POST", "PUT", "OPTIONS"};

    private final Choices choices;
    private final Echo echo = new Echo();
    private final FakeServer server =
            new FakeServer(echo, EngineSettings.defaults().withBounds(MAX_PAYLOAD, MAX_BUFFERED, 2));
    private final List<FakeLink> links = new ArrayList<>();
    private final List<FakeServer.Call> calls = new ArrayList<>();
    private final String sid;

    EngineScript(Choices choices) {
        this.choices = choices;
        if (choices.below(4) == 0) {
            links.add(server.webSocket());
            sid = "unknown";
        } else {
            sid = server.open();
        }
    }

    void run() {
        while (choices.more()) {
            step();
        }
        server.pass(60_000);

        assertThat(server.engine.sessionCount()).isZero();
        assertThat(server.time.pendingTimers()).isZero();
        assertThat(echo.log.stream().filter(EngineScript::isEnd)).hasSize(1);
        assertThat(isEnd(echo.log.get(echo.log.size() - 1))).isTrue();
        assertThat(links).allMatch(FakeLink::isClosed);
        calls.forEach(call -> call.listener().onBody(new byte[0]));
        assertThat(calls).noneMatch(FakeServer.Call::isHeld);
        // Bytes grow by a third in polling; pings, pongs and separators come on top.
        assertThat(calls)
                .allMatch(call -> call.reply().body().remaining() <= 2 * MAX_BUFFERED, "an answer within the bounds");
    }

    private void step() {
        switch (choices.below(14)) {
            case 0, 1 -> calls.add(server.get(sid));
            case 2, 3 -> calls.add(server.post(sid, packet()));
            case 4 -> unusualRequest();
            case 5 -> openLink("EIO=4&transport=websocket&sid=" + sid);
            case 6, 7, 8 -> link().ifPresent(link -> link.text(packet().replace('\u001e', ' ')));
            case 9 -> link().ifPresent(link -> link.binary(choices.bytes()));
            case 10 -> echo.say("x".repeat(choices.below(500)));
            case 11 -> server.pass(choices.below(150));
            case 12 ->
                link().ifPresent(link -> {
                    link.slowDown();
                    if (choices.below(2) == 0) {
                        link.written();
                    }
                });
            default -> end();
        }
    }

    private void unusualRequest() {
        switch (choices.below(8)) {
            case 0 -> calls.add(server.begin(sid));
            case 1 -> {
                FakeServer.Call aborted = server.begin(sid);
                aborted.listener().onAborted();
            }
            case 2 -> calls.add(server.post(sid, "4" + "x".repeat(MAX_PAYLOAD)));
            case 3 -> calls.add(server.post("forged" + choices.below(3), "1"));
            case 4 -> openLink("EIO=4&transport=websocket&sid=x" + choices.text());
            case 5 ->
                calls.add(server.call(
                        choices.oneOf(METHODS),
                        "EIO=4&transport=polling&sid=" + sid,
                        Map.of("origin", choices.text(), "content-type", "application/octet-stream")));
            case 6 -> calls.add(server.call(choices.oneOf(METHODS), choices.text()));
            default -> {
                FakeServer.Call aborted = server.get(sid);
                if (aborted.isHeld()) {
                    aborted.listener().onAborted();
                }
            }
        }
    }

    private void end() {
        switch (choices.below(20)) {
            case 0 -> echo.connection().close(CloseReason.FORCED_CLOSE);
            case 1 -> link().ifPresent(link -> link.listener().onFailed());
            case 2 -> link().ifPresent(link -> link.listener().onClosed());
            case 3 -> server.engine.close();
            default -> {}
        }
    }

    private void openLink(String query) {
        if (server.offer(query) instanceof WebSocketOffer.Accepted accepted) {
            FakeLink link = new FakeLink();
            link.open(accepted.opening());
            links.add(link);
        }
    }

    private Optional<FakeLink> link() {
        return links.isEmpty() ? Optional.empty() : Optional.of(links.get(choices.below(links.size())));
    }

    private String packet() {
        return choices.below(4) == 0 ? choices.text() : choices.oneOf(PACKETS);
    }

    private static boolean isEnd(String entry) {
        for (CloseReason reason : CloseReason.values()) {
            if (reason.text().equals(entry)) {
                return true;
            }
        }
        return false;
    }
}
