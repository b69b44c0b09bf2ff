package io.roomrouting.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.RoutingException;
import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Welcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoomV1CodecTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private final RoomV1Codec codec = new RoomV1Codec(new JacksonPayloadCodec());

    @Test
    void anEventHasANameAndAnArgument() {
        InboundEvent event = decode("{\"event\":\"say\",\"data\":{\"text\":\"hi\"}}");

        assertThat(event.name()).isEqualTo("say");
        assertThat(event.replyId()).isEqualTo(InboundEvent.NO_REPLY);
        assertThat(event.arguments()).hasSize(1);
        assertThat((Object) event.arguments().get(0).as(Map.class)).isEqualTo(Map.of("text", "hi"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 7, RoomV1Codec.MAX_ID})
    void anEventCanAskForAReply(long id) {
        assertThat(decode("{\"id\":" + id + ",\"event\":\"e\"}").replyId()).isEqualTo(id);
    }

    @Test
    void dataThatIsLeftOutIsNoArgumentAndNullIsOne() {
        assertThat(decode("{\"event\":\"e\"}").arguments()).isEmpty();
        assertThat(decode("{\"event\":\"e\",\"data\":null}").arguments())
                .singleElement()
                .extracting(Payload::isNull)
                .isEqualTo(true);
    }

    @Test
    void anArrayIsOneArgument() {
        InboundEvent event = decode("{\"event\":\"e\",\"data\":[1, 2]}");

        assertThat(event.arguments())
                .singleElement()
                .satisfies(data -> assertThat(data.as(int[].class)).containsExactly(1, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-1.5e3",
                "true",
                "\"\"",
                "\"a\\\"}é🎲\"",
                "[]",
                "{}",
                "[{\"data\":[]},\"]\"]",
                "{\"event\":{\"id\":1}}"
            })
    void dataIsKeptAsItWasWritten(String data) throws Exception {
        for (String form : List.of(
                "{\"event\":\"e\",\"data\":%s}",
                "{ \"data\" : %s , \"x\":[1], \"event\":\"e\" }", "{\"data\":%s\n,\"event\":\"e\"}")) {
            Payload payload = decode(form.formatted(data)).arguments().get(0);

            assertThat(payload.as(JsonNode.class)).isEqualTo(PLAIN.readTree(data));
            assertThat(payload).hasToString(data);
        }
    }

    @Test
    void aMessageMayLieAnywhereInItsArray() {
        byte[] message = "{\"event\":\"e\",\"data\":[\"x\"]}".getBytes(UTF_8);
        byte[] array = new byte[message.length + 20];
        Arrays.fill(array, (byte) '}');
        System.arraycopy(message, 0, array, 9, message.length);

        InboundEvent event = ((RoomV1Message.Said) codec.decode(array, 9, message.length)).event();

        assertThat(event.arguments().get(0)).hasToString("[\"x\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            []                                   | a message is a JSON object: {"event":"…","data":…}
            "event"                              | a message is a JSON object: {"event":"…","data":…}
            {}                                   | "event" is missing
            {"data":1}                           | "event" is missing
            {"event":null}                       | "event" is not a string
            {"event":5}                          | "event" is not a string
            {"event":""}                         | "event" is not 1 to 128 characters long
            {"event":"a","event":"b"}            | "event" is given twice
            {"event":"a","data":1,"data":1}      | "data" is given twice
            {"event":"a","id":1,"id":1}          | "id" is given twice
            {"event":"a","id":-1}                | "id" is not an integer from 0 to 9007199254740991
            {"event":"a","id":1.0}               | "id" is not an integer from 0 to 9007199254740991
            {"event":"a","id":9007199254740992}  | "id" is not an integer from 0 to 9007199254740991
            {"event":"a","id":99999999999999999999} | "id" is not an integer from 0 to 9007199254740991
            {"event":"a","id":"1"}               | "id" is not an integer from 0 to 9007199254740991
            {"event":"a"} {}                     | there is something behind the JSON object
            """)
    void jsonThatIsNoEventIsRefused(String message, String detail) {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> decode(message))
                .withMessage(detail)
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "{",
                "{\"event\":\"a\"",
                "{\"event\":\"a\",}",
                "{\"event\":\"a\"}x",
                "\u0000{\u0000}"
            })
    void whatIsNotJsonIsRefusedWithItsCause(String message) {
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> decode(message))
                .withMessageMatching("the message is not JSON.*|a message is a JSON object.*")
                .satisfies(e -> assertThat(message.isEmpty() || e.getCause() instanceof JsonProcessingException)
                        .isTrue());
    }

    @Test
    void anEventNameOverTheBoundIsRefused() {
        assertThat(decode("{\"event\":\"" + "n".repeat(128) + "\"}").name()).hasSize(128);
        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> decode("{\"event\":\"" + "n".repeat(129) + "\"}"))
                .withMessage("\"event\" is not 1 to 128 characters long");
    }

    @Test
    void textInUtf16IsNotGuessed() {
        byte[] utf16 = "{\"event\":\"e\",\"data\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_16LE);

        assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                .isThrownBy(() -> codec.decode(utf16, 0, utf16.length));
    }

    @Test
    void anotherPayloadCodecReadsForItself() {
        List<String> seen = new ArrayList<>();
        PayloadCodec other = new PayloadCodec() {
            @Override
            public byte[] encode(@Nullable Object value) {
                return "\"mine\"".getBytes(UTF_8);
            }

            @Override
            public Payload decode(byte[] text) {
                seen.add(new String(text, UTF_8));
                return new JacksonPayloadCodec().decode(text);
            }
        };
        RoomV1Codec own = new RoomV1Codec(other);

        byte[] message = "{\"event\":\"e\",\"data\": [1] }".getBytes(UTF_8);
        own.decode(message, 0, message.length);

        assertThat(seen).containsExactly("[1]");
        assertThat(own.event("e", List.of(1))).asString(UTF_8).isEqualTo("{\"event\":\"e\",\"data\":\"mine\"}");
    }

    @Test
    void whatTheServerSaysHasTheDocumentedForm() {
        assertText(codec.event("e", List.of()), "{\"event\":\"e\"}");
        assertText(codec.event("a \"name\"\n", List.of("ü")), "{\"event\":\"a \\\"name\\\"\\n\",\"data\":\"ü\"}");
        assertText(codec.event("e", Arrays.asList((Object) null)), "{\"event\":\"e\",\"data\":null}");
        assertText(codec.event("e", Arrays.asList(1, null, "x")), "{\"event\":\"e\",\"data\":[1,null,\"x\"]}");
        assertText(codec.reply(0, List.of()), "{\"reply\":0}");
        assertText(
                codec.reply(RoomV1Codec.MAX_ID, List.of(Map.of("ok", true))),
                "{\"reply\":9007199254740991,\"data\":{\"ok\":true}}");
        assertText(
                codec.failure(7, "ROOM_FULL", "no \"seat\""),
                "{\"reply\":7,\"error\":{\"code\":\"ROOM_FULL\",\"detail\":\"no \\\"seat\\\"\"}}");
        assertText(
                codec.failure(InboundEvent.NO_REPLY, "RATE_LIMITED", "slow down"),
                "{\"event\":\"error\",\"data\":{\"code\":\"RATE_LIMITED\",\"detail\":\"slow down\"}}");
    }

    @Test
    void readsAcknowledgements() {
        assertThat(read("{\"ack\":64}")).isEqualTo(new RoomV1Message.Acknowledged(64));
        assertThat(read("{\"ack\":0,\"new\":1}")).isEqualTo(new RoomV1Message.Acknowledged(0));
        for (String wrong : new String[] {"-1", "1.5", "null", "\"1\"", "9007199254740992", "1,\"ack\":2"}) {
            assertThatExceptionOfType(RoutingException.InvalidRequest.class)
                    .as(wrong)
                    .isThrownBy(() -> read("{\"ack\":" + wrong + "}"));
        }
    }

    @Test
    void writesSeatsAndAcknowledgements() {
        assertText(codec.acknowledgement(16), "{\"ack\":16}");
        assertText(codec.welcome(new Welcome("s-1", Optional.empty())), "{\"session\":{\"id\":\"s-1\"}}");
        assertText(
                codec.welcome(new Welcome("s-1", Optional.of(new Welcome.Seat("t", true, 7, Duration.ofSeconds(20))))),
                "{\"session\":{\"id\":\"s-1\",\"token\":\"t\",\"resumed\":true,\"handled\":7,\"graceMs\":20000}}");
    }

    @Test
    void anyBytesAreAnEventOrARefusal() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] model = "{\"event\":\"say\",\"id\":12,\"data\":{\"t\":[\"ä\\u00e9\",1e3,null]}}".getBytes(UTF_8);
        int events = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = round % 4 == 0 ? noise(random) : mutated(model, random);
            int offset = random.nextInt(4);
            byte[] array = new byte[offset + bytes.length + random.nextInt(4)];
            random.nextBytes(array);
            System.arraycopy(bytes, 0, array, offset, bytes.length);
            events += check(array, offset, bytes.length, "seed " + seed + ", round " + round);
        }
        assertThat(events).as("seed %d", seed).isGreaterThan(100);
    }

    private int check(byte[] array, int offset, int length, String round) throws Exception {
        InboundEvent event;
        try {
            event = ((RoomV1Message.Said) codec.decode(array, offset, length)).event();
        } catch (RoutingException.InvalidRequest e) {
            assertThat(e.getMessage()).as(round).doesNotContain("fasterxml");
            return 0;
        }
        assertThat(event.name()).as(round).isNotEmpty();
        String text = new String(array, offset, length, UTF_8);
        for (Payload data : event.arguments()) {
            if (text.indexOf('\uFFFD') < 0 && !data.isNull()) {
                JsonNode expected = PLAIN.readTree(text).path("data");
                assertThat(data.as(JsonNode.class)).as(round).isEqualTo(expected);
            }
        }
        return 1;
    }

    private static byte[] noise(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] mutated(byte[] model, Random random) {
        byte[] bytes = model.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            bytes[random.nextInt(bytes.length)] =
                    random.nextBoolean() ? (byte) random.nextInt() : model[random.nextInt(model.length)];
        }
        return random.nextInt(5) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    private InboundEvent decode(String message) {
        return ((RoomV1Message.Said) read(message)).event();
    }

    private RoomV1Message read(String message) {
        byte[] bytes = message.getBytes(UTF_8);
        return codec.decode(bytes, 0, bytes.length);
    }

    private static void assertText(byte[] actual, String expected) {
        assertThat(actual).asString(UTF_8).isEqualTo(expected);
    }
}
