package io.roomrouting.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptHistoryTest {

    private static final int MAX_STATE = 1536 * 1024;
    private static final UserId ALICE = UserId.of("alice");

    private final MessageHistory history = new MessageHistory(1_000);

    @Test
    void whatIsWrittenIsReadAgain() {
        add("1", "hello \"you\" 😀 \ud83d", "d1");
        add("2", "bye", "d2");

        MessageHistory read = readAgain();

        assertThat(read.newest(100)).isEqualTo(history.newest(100));
        assertThat(read.find("d1")).map(ChatMessage::id).hasValue("1");
        assertThat(read.find("d3")).isEmpty();
    }

    @Test
    void anEmptyHistoryIsAHistory() {
        assertThat(KeptHistory.write(history)).asString(StandardCharsets.UTF_8).isEqualTo("{\"messages\":[]}");
        assertThat(readAgain().newest(100).messages()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0001", "😀", "\"", "語"})
    void aHistoryThatIsTooLargeLosesItsOldest(String character) {
        for (int i = 1; i <= 1_000; i++) {
            add(Integer.toString(i), character.repeat(1_000), "draft-" + i);
        }

        byte[] state = KeptHistory.write(history);

        assertThat(state.length).isLessThanOrEqualTo(MAX_STATE).isGreaterThan(MAX_STATE - 10_000);
        assertThat(readAgain().newest(1_000).messages())
                .hasSizeBetween(200, 999)
                .last()
                .extracting(ChatMessage::id)
                .isEqualTo("1000");
    }

    @Test
    void whatALaterVersionAddsIsPassedOver() {
        String later = """
                {"topic":"tea","messages":[{"id":"1","username":"alice","text":"hi",
                "timestamp":"2026-01-01T10:00:00Z","draft":"d","colour":"red"}]}""";

        KeptHistory.read(json(later), history);

        assertThat(history.newest(1).messages())
                .containsExactly(new ChatMessage("1", ALICE, "hi", Instant.parse("2026-01-01T10:00:00Z")));
    }

    @Test
    void whatIsNoHistoryIsRefused() {
        assertThatThrownBy(() -> KeptHistory.read(json("[]"), history)).isInstanceOf(RoutingException.class);
    }

    private void add(String id, String text, String draft) {
        history.add(new ChatMessage(id, ALICE, text, Instant.EPOCH), draft);
    }

    private MessageHistory readAgain() {
        MessageHistory read = new MessageHistory(1_000);
        KeptHistory.read(json(new String(KeptHistory.write(history), StandardCharsets.UTF_8)), read);
        return read;
    }

    private static JsonNode json(String text) {
        return new JacksonPayloadCodec()
                .decode(text.getBytes(StandardCharsets.UTF_8))
                .as(JsonNode.class);
    }
}
