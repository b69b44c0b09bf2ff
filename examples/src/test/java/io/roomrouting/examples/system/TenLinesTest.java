package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.examples.TenLines;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenLinesTest {

    @Test
    void theQuotedLinesAreAWholeSystem() throws Exception {
        int apiPort = Integer.parseInt(FreePorts.next());
        List<AutoCloseable> running = TenLines.embed(apiPort, Integer.parseInt(FreePorts.next()));
        BackendClient backend = new BackendClient(apiPort);
        String room = backend.createRoom(backend.login("alice"));

        try (ChatClient alice = ChatClient.connect(backend.resolveAs("alice", room));
                ChatClient bob = ChatClient.connect(backend.resolveAs("bob", room))) {
            bob.sendText("{\"event\":\"hello\",\"data\":\"is it me?\"}");

            assertThat(alice.awaitEvent("said").asText()).isEqualTo("1. bob: is it me?");
        } finally {
            for (AutoCloseable part : running) {
                part.close();
            }
        }
    }
}
