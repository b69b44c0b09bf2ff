package io.roomrouting.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.session.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonPayloadCodecTest {

    private final JacksonPayloadCodec codec = new JacksonPayloadCodec();

    record Move(String piece, int x, int y) {}

    record Score(String name, long points, boolean won) {}

    record Text(String text) {
        Text {
            if (text.length() > 5) {
                throw RoutingException.invalid("at most 5 characters");
            }
        }
    }

    record Table(List<Score> scores, Colour colour) {}

    record Player(String displayName) {}

    enum Colour {
        RED,
        GREEN
    }

    @Test
    void recordsGoThereAndBack() {
        Table table = new Table(List.of(new Score("Ada", 3, true), new Score("Zoë 🎲", -1, false)), Colour.GREEN);

        Payload payload = codec.decode(codec.encode(table));

        assertThat(payload.as(Table.class)).isEqualTo(table);
    }

    @Test
    void aValueIsCompactUtf8() {
        assertThat(codec.encode(new Move("ö\"\n", 1, -2)))
                .asString(UTF_8)
                .isEqualTo("{\"piece\":\"ö\\\"\\n\",\"x\":1,\"y\":-2}");
    }

    @Test
    void anEmojiTakesFourBytesAndHalfOfOneHarmsNobody() {
        assertThat(codec.encode("🎲")).asString(UTF_8).isEqualTo("\"🎲\"");
        assertThat(codec.encode("\ud83c.")).isNotEmpty();
        assertThat(codec.encode("\ud83c")).isNotEmpty();
        assertThat(codec.encode("\udfb2\ud83c")).isNotEmpty();
    }

    @Test
    void idsAndTimesAreStrings() {
        byte[] json =
                codec.encode(List.of(UserId.of("alice"), RoomId.of("r1"), Instant.parse("2026-11-21T10:00:00.5Z")));

        assertThat(json).asString(UTF_8).isEqualTo("[\"alice\",\"r1\",\"2026-11-21T10:00:00.500Z\"]");
        assertThat(read("\"alice\"").as(UserId.class)).isEqualTo(UserId.of("alice"));
        assertThat(read("\"r1\"").as(RoomId.class)).isEqualTo(RoomId.of("r1"));
        assertThat(read("\"2026-11-21T10:00:00.5Z\"").as(Instant.class))
                .isEqualTo(Instant.parse("2026-11-21T10:00:00.5Z"));
    }

    @Test
    void unknownFieldsArePassedOver() {
        assertThat(read("{\"piece\":\"king\",\"x\":1,\"y\":2,\"colour\":{\"deep\":[1]}}")
                        .as(Move.class))
                .isEqualTo(new Move("king", 1, 2));
    }

    @Test
    void treesAndMapsCanBeRead() {
        Payload payload = read("{\"sdp\":[1,null,{\"a\":\"b\"}]}");

        assertThat(payload.as(JsonNode.class).at("/sdp/2/a").asText()).isEqualTo("b");
        assertThat((Object) payload.as(Map.class)).asString().contains("sdp");
        assertThat(codec.encode(payload.as(JsonNode.class)))
                .asString(UTF_8)
                .isEqualTo("{\"sdp\":[1,null,{\"a\":\"b\"}]}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"piece":"king","x":1}                | data.y is not a number that fits
            {"piece":"king","x":1,"y":null}       | data.y is not a number that fits
            {"piece":"king","x":1,"y":"2"}        | data.y is not a number that fits
            {"piece":"king","x":1,"y":2.5}        | data.y is not a number that fits
            {"piece":"king","x":1,"y":3000000000} | data.y is not a number that fits
            {"piece":7,"x":1,"y":2}               | data.piece is not a string
            {"piece":true,"x":1,"y":2}            | data.piece is not a string
            {"piece":{},"x":1,"y":2}              | data.piece is not a string
            [1,2]                                 | data is not an object
            "king"                                | data is not an object
            """)
    void aRecordIsNotBentToFit(String json, String detail) {
        assertRefused(json, Move.class, detail);
    }

    @Test
    void thePlaceOfAFaultIsNamed() {
        assertRefused(
                "{\"scores\":[{\"name\":\"a\",\"points\":1,\"won\":true},{\"name\":\"b\",\"points\":1,\"won\":3}]}",
                Table.class,
                "data.scores[1].won is not true or false");
        assertRefused("{\"colour\":\"BLUE\"}", Table.class, "data.colour is not one of the accepted names");
        assertRefused("{\"colour\":1}", Table.class, "data.colour is not one of the accepted names");
        assertRefused("{\"scores\":7}", Table.class, "data.scores is not an array");
        assertRefused(
                "\"\"", UserId.class, "data: a user id is 1 to 64 characters, not blank, without control characters");
        assertRefused("5", UserId.class, "data is not a string");
        assertRefused("\"yesterday\"", Instant.class, "data is not acceptable");
        assertRefused("5000000000", Integer.class, "data is not a number that fits");
    }

    @Test
    void aRecordsOwnRefusalIsTold() {
        assertRefused("{\"text\":\"too long\"}", Text.class, "data: at most 5 characters");
    }

    @Test
    void aMissingStringThatTheRecordNeedsIsARefusalToo() {
        assertRefused("{}", Text.class, "data is not acceptable");
    }

    @Test
    void nullIsNothingToRead() {
        assertThat(read("null").isNull()).isTrue();
        assertThat(read(" null ").isNull()).isTrue();
        assertThat(read("\"null\"").isNull()).isFalse();
        assertRefused("null", String.class, "data is missing");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1}}",
                "1 2",
                "tru",
                "\"open",
                "{'a':1}",
                "// c\n1",
                "NaN",
                "01",
                "\u0000",
                "[\"\u0001\"]",
                "\"\\x\""
            })
    void malformedTextIsRefused(String json) {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining("JSON")
                .withMessageNotContaining("fasterxml")
                .withMessageNotContaining("Token");
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefused() {
        assertThat(read("[".repeat(100) + "]".repeat(100)).isNull()).isFalse();
        assertTooMuch("[".repeat(101) + "]".repeat(101));
        assertTooMuch("1".repeat(101));
        assertTooMuch("{\"" + "n".repeat(1025) + "\":1}");
    }

    @Test
    void aStringOverTheBoundIsRefused() {
        Payload payload = read("\"" + "s".repeat(1_000_001) + "\"");

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> payload.as(String.class))
                .withMessageContaining("too long");
    }

    @Test
    void aValueThatCannotBeWrittenIsTheCallersFault() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(new Object()))
                .withMessageContaining("cannot be written as JSON");
    }

    @Test
    void anApplicationCanBringItsOwnMapper() {
        JacksonPayloadCodec own = new JacksonPayloadCodec(JacksonPayloadCodec.mapper()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build());

        assertThat(own.encode(new Player("Ada"))).asString(UTF_8).isEqualTo("{\"display_name\":\"Ada\"}");
    }

    private Payload read(String json) {
        return codec.decode(json.getBytes(UTF_8));
    }

    private void assertRefused(String json, Class<?> type, String detail) {
        Payload payload = read(json);
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> payload.as(type))
                .withMessage(detail);
    }

    private void assertTooMuch(String json) {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> read(json))
                .withMessageContaining("nested too deeply or a part is too long");
    }
}
