package io.roomrouting.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void whatIsShortIsTheSame() throws Exception {
        JsonNode words = MAPPER.readTree("[\"a\",1,null,true,{\"b\":[2.5,{}]},[]]");

        assertThat(Excerpt.of(words)).containsExactlyElementsOf(words);
    }

    @Test
    void ofManyValuesTheFirstAreShown() {
        ArrayNode many = MAPPER.createArrayNode();
        for (int i = 0; i < 1_000; i++) {
            many.addArray().add(i);
        }

        String shown = Excerpt.of(List.of(many)).toString();

        assertThat(shown).contains("[0]", "[48]").doesNotContain("[60]").hasSizeLessThan(1_000);
    }

    @Test
    void ofLongTextTheBeginningIsShown() throws Exception {
        String text = "x".repeat(Excerpt.MOST_CHARACTERS * 2);
        JsonNode words = MAPPER.readTree("[\"" + text + "\"]");
        JsonNode names = MAPPER.readTree("[{\"" + text + "\":1}]");

        assertThat(Excerpt.of(words).get(0).textValue())
                .hasSize(Excerpt.MOST_CHARACTERS + 1)
                .endsWith("x…");
        assertThat(Excerpt.of(names).toString()).hasSizeLessThan(Excerpt.MOST_CHARACTERS + 20);
    }

    @Test
    void bytesAreCounted() {
        assertThat(Excerpt.of(List.of(BinaryNode.valueOf(new byte[7]))).get(0).textValue())
                .isEqualTo("(7 bytes)");
    }
}
