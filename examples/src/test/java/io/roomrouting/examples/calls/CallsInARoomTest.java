package io.roomrouting.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.examples.chat.ChatRoom;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.testkit.RoomTester;
import io.roomrouting.testkit.TestClient;
import io.roomrouting.testkit.TestReply;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls between the clients of a chat room, as they look on the wire. */
class CallsInARoomTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final RoomTester room = RoomTester.builder(ChatRoom::new)
            .payloads(new JacksonPayloadCodec())
            .limits(SessionLimits.defaults().withEvents(1_000_000, 1_000_000))
            .open();

    private TestClient ann = room.joinWithSeat("ann");
    private TestClient ben = room.joinWithSeat("ben");

    @BeforeEach
    void nothingIsUnread() {
        ann.skipAll();
        ben.skipAll();
    }

    @AfterEach
    void nothingElseHappened() {
        room.close();
    }

    @Test
    void aCallFromTheFirstRingToTheEnd() {
        JsonNode receipt = ask(ann, "call_user", "{'to':'ben','offer':{'type':'offer','sdp':'v=0'}}");
        JsonNode id = receipt.path("callId");
        assertThat(receipt).isEqualTo(with(id, "{'ok':true,'callId':'?','state':'RINGING'}"));
        assertThat(heard(ben, "incoming_call"))
                .isEqualTo(with(
                        id,
                        "{'from':'ann','offer':{'type':'offer','sdp':'v=0'},'callId':'?',"
                                + "'renegotiation':false,'crossed':false}"));

        assertThat(ask(ben, "call_answer", "{'to':'ann','answer':{'type':'answer','sdp':'v=0'}}"))
                .isEqualTo(with(id, "{'ok':true,'callId':'?','state':'LIVE'}"));
        assertThat(heard(ann, "call_answered"))
                .isEqualTo(with(id, "{'from':'ben','answer':{'type':'answer','sdp':'v=0'},'callId':'?'}"));

        ask(ann, "ice_candidate", "{'to':'ben','candidate':{'candidate':'c','sdpMLineIndex':0}}");
        assertThat(heard(ben, "ice_candidate"))
                .isEqualTo(with(id, "{'from':'ann','candidate':{'candidate':'c','sdpMLineIndex':0},'callId':'?'}"));

        assertThat(ask(ann, "end_call", "{'to':'ben'}"))
                .isEqualTo(with(id, "{'ok':true,'callId':'?','state':'ENDED'}"));
        assertThat(heard(ben, "call_ended")).isEqualTo(with(id, "{'from':'ann','callId':'?','reason':'HUNG_UP'}"));
        assertThat(ask(ann, "end_call", "{'to':'ben'}")).isEqualTo(json("{'ok':true,'callId':null,'state':'ENDED'}"));
        assertThat(ask(ben, "end_call", "{'to':'ann'}").path("ok").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "''",
                "{'candidate':''}",
                "{'candidate':null,'sdpMid':null}",
                "[1,[2,{'a':[]}],-0.5,1e300,12345678901234567890,true]",
                "'ünïcödé 😀 \\u0000'",
                "{'from':'mallory','to':'cat','callId':'x','__proto__':{}}"
            })
    void whatIsPassedOnIsPassedOnUntouched(String opaque) {
        live();

        ann.send("ice_candidate", json("{'to':'ben','candidate':" + opaque + "}"));

        assertThat(heard(ben, "ice_candidate").path("candidate")).isEqualTo(json(opaque));
    }

    @Test
    void whoItIsFromIsWhatTheServerKnows() {
        ann.send("call_user", json("{'to':'ben','offer':{},'from':'mallory','user':'mallory'}"));
        assertThat(heard(ben, "incoming_call").path("from").asText()).isEqualTo("ann");
        ben.send("call_answer", json("{'to':'ann','answer':{},'from':'mallory'}"));
        assertThat(heard(ann, "call_answered").path("from").asText()).isEqualTo("ben");
        ben.send("ice_candidate", json("{'to':'ann','candidate':{},'from':'mallory'}"));
        assertThat(heard(ann, "ice_candidate").path("from").asText()).isEqualTo("ben");
        ben.send("end_call", json("{'to':'ann','from':'ann'}"));
        assertThat(heard(ann, "call_ended").path("from").asText()).isEqualTo("ben");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "😀", "\"", "\u0001"})
    void whatIsPassedOnIsAtMost64KiBOnTheWire(String character) {
        live();
        int size = new JacksonPayloadCodec().encode(character).length - 2;
        String fits = character.repeat((Signal.MAX_BYTES - 2) / size);
        String tooLarge = fits + character;
        ask(ann, "ice_candidate", "{'to':'ben','candidate':" + quoted(fits) + "}");
        ask(ann, "call_user", "{'to':'ben','offer':" + quoted(fits) + "}");
        ask(ben, "call_answer", "{'to':'ann','answer':" + quoted(fits) + "}");
        heard(ben, "ice_candidate");
        heard(ben, "incoming_call");
        heard(ann, "call_answered");

        refused(ann, "ice_candidate", "{'to':'ben','candidate':" + quoted(tooLarge) + "}", "TOO_LARGE");
        refused(ann, "call_user", "{'to':'ben','offer':" + quoted(tooLarge) + "}", "TOO_LARGE");
        refused(ben, "call_answer", "{'to':'ann','answer':" + quoted(tooLarge) + "}", "TOO_LARGE");
        ben.send("call_answer", json("{'to':'ann','answer':" + quoted(tooLarge) + "}"));
        ben.expectError("TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call_user {}",
                "call_user {'to':'ben'}",
                "call_user {'to':'ben','offer':null}",
                "call_user {'offer':{}}",
                "call_user {'to':7,'offer':{}}",
                "call_user {'to':' ','offer':{}}",
                "call_user 'ben'",
                "call_answer {'to':'ben','answer':null}",
                "call_answer {'to':'ben'}",
                "ice_candidate {'to':'ben'}",
                "ice_candidate []",
                "end_call {}",
                "end_call {'to':null}",
                "end_call {'to':'ben','callId':7}",
                "end_call null"
            })
    void whatIsMalformedIsRefused(String request) {
        int blank = request.indexOf(' ');
        refused(ann, request.substring(0, blank), request.substring(blank + 1), "INVALID_REQUEST");
    }

    @Test
    void whyACallDidNotComeAboutIsToldOnceToWhoAskedForNoReplyAndTwiceToWhoDid() {
        ann.send("call_user", json("{'to':'dan','offer':{}}"));
        assertThat(heard(ann, "call_failed")).isEqualTo(json("{'to':'dan','code':'USER_OFFLINE'}"));
        ann.expectNothing();

        refused(ann, "call_user", "{'to':'ann','offer':{}}", "SELF_CALL");
        assertThat(heard(ann, "call_failed")).isEqualTo(json("{'to':'ann','code':'SELF_CALL'}"));

        TestClient cat = room.joinWithSeat("cat");
        cat.skipAll();
        heard(ann, "user_joined");
        heard(ben, "user_joined");
        ring();
        refused(cat, "call_user", "{'to':'ben','offer':{}}", "USER_BUSY");
        assertThat(heard(cat, "call_failed")).isEqualTo(json("{'to':'ben','code':'USER_BUSY'}"));
        room.advance(CallDesk.RING);
        assertThat(heard(ann, "call_failed")).isEqualTo(json("{'to':'ben','code':'NO_ANSWER'}"));
        assertThat(heard(ben, "call_ended").path("reason").asText()).isEqualTo("NO_ANSWER");
    }

    @Test
    void candidatesThatComeTooLateAreAnErrorOnlyToWhoAsks() {
        live();
        ask(ann, "end_call", "{'to':'ben'}");
        heard(ben, "call_ended");

        ben.send("ice_candidate", json("{'to':'ann','candidate':{}}"));
        ben.expectNothing();
        refused(ben, "ice_candidate", "{'to':'ann','candidate':{}}", "NO_CALL");
        ben.send("call_answer", json("{'to':'ann','answer':{}}"));
        ben.expectError("NO_CALL");
    }

    @Test
    void aUserWithTwoDevicesIsInTheCallWithTheOneThatAnswered() {
        TestClient phone = room.joinWithSeat("ben");
        phone.skipAll();
        ann.send("call_user", json("{'to':'ben','offer':{}}"));
        heard(ben, "incoming_call");
        heard(phone, "incoming_call");

        phone.send("call_answer", json("{'to':'ann','answer':{}}"));

        assertThat(heard(ben, "call_ended").path("reason").asText()).isEqualTo("ANSWERED_ELSEWHERE");
        heard(ann, "call_answered");
        ann.send("ice_candidate", json("{'to':'ben','candidate':{}}"));
        heard(phone, "ice_candidate");
        ben.leave();
        phone.leave();
        heard(ann, "call_ended");
        heard(ann, "user_left");
    }

    @Test
    void aConnectionThatBreaksBrieflyLosesNoSignal() {
        live();
        ann.loseConnection();
        ben.send("ice_candidate", json("{'to':'ann','candidate':'1'}"));
        ben.send("call_user", json("{'to':'ann','offer':'2'}"));
        room.advance(CallDesk.PATIENCE.minusMillis(1));

        assertThat(ann.comeBack()).isTrue();

        assertThat(heard(ann, "ice_candidate").path("candidate").asText()).isEqualTo("1");
        assertThat(heard(ann, "incoming_call").path("offer").asText()).isEqualTo("2");
        ann.send("call_answer", json("{'to':'ben','answer':'3'}"));
        assertThat(heard(ben, "call_answered").path("answer").asText()).isEqualTo("3");
        room.advance(Duration.ofMinutes(1));
    }

    @Test
    void whoStaysAwayFindsTheCallOver() {
        live();
        ann.loseConnection();

        room.advance(CallDesk.PATIENCE);

        assertThat(heard(ben, "call_ended").path("reason").asText()).isEqualTo("CONNECTION_LOST");
        assertThat(ann.comeBack()).isTrue();
        assertThat(heard(ann, "call_ended").path("reason").asText()).isEqualTo("CONNECTION_LOST");
    }

    @Test
    void whoClosesTheWindowEndsTheCallAtOnce() {
        live();

        ann.leave();

        assertThat(heard(ben, "call_ended").path("reason").asText()).isEqualTo("LEFT");
        heard(ben, "user_left");
    }

    @Test
    void aLiveCallGoesOnAfterTheRoomHasMoved() {
        JsonNode id = live();
        move();
        assertThat(ben.comeBack()).isTrue();
        ben.send("ice_candidate", json("{'to':'ann','candidate':'1'}"));
        room.advance(KeptCalls.PATIENCE.minusMillis(1));

        assertThat(ann.comeBack()).isTrue();

        assertThat(heard(ann, "ice_candidate").path("candidate").asText()).isEqualTo("1");
        assertThat(ask(ann, "call_user", "{'to':'ben','offer':'2'}"))
                .isEqualTo(with(id, "{'ok':true,'callId':'?','state':'LIVE'}"));
        heard(ben, "incoming_call");
        room.advance(Duration.ofMinutes(1));
        ask(ben, "end_call", "{'to':'ann'}");
        heard(ann, "call_ended");
    }

    @Test
    void aCallRingsOnAfterTheRoomHasMovedAndNoLongerThanItWouldHave() {
        JsonNode id = ring();
        ann.send("ice_candidate", json("{'to':'ben','candidate':'early'}"));
        room.advance(Duration.ofSeconds(20));
        move();
        assertThat(ann.comeBack()).isTrue();
        assertThat(ben.comeBack()).isTrue();
        TestClient phone = room.joinWithSeat("ben");
        phone.expect("message_history");
        phone.expect("online_users");
        assertThat(heard(phone, "incoming_call").path("offer")).isEqualTo(json("{'sdp':'o'}"));

        ask(phone, "call_answer", "{'to':'ann','answer':{}}");
        assertThat(heard(ann, "call_answered").path("callId")).isEqualTo(id);
        assertThat(heard(phone, "ice_candidate").path("candidate").asText()).isEqualTo("early");
        heard(ben, "call_ended");
        ask(ann, "end_call", "{'to':'ben'}");
        heard(phone, "call_ended");

        ring();
        heard(phone, "incoming_call");
        room.advance(Duration.ofSeconds(20));
        move();
        phone.expectClosed(LeaveReason.MOVED);
        ann.comeBack();
        ben.comeBack();
        phone.comeBack();
        room.advance(Duration.ofSeconds(10).minusMillis(1));
        ann.expectNothing();
        room.advance(Duration.ofMillis(1));
        heard(ann, "call_failed");
        heard(ben, "call_ended");
        heard(phone, "call_ended");
    }

    @Test
    void aCallWhosePartyDoesNotFollowTheRoomEnds() {
        live();
        move();
        assertThat(ben.comeBack()).isTrue();

        room.advance(KeptCalls.PATIENCE);

        assertThat(heard(ben, "call_ended").path("reason").asText()).isIn("CONNECTION_LOST", "LEFT");
        ben.skipAll();
    }

    @Test
    void afterACrashNobodyIsInACall() {
        live();
        room.advance(Duration.ofMinutes(1));
        room.crash();
        assertThat(ann.comeBack()).isFalse();
        assertThat(ben.comeBack()).isFalse();
        ann.skipAll();
        ben.skipAll();

        refused(ann, "ice_candidate", "{'to':'ben','candidate':{}}", "NO_CALL");
        ring();
    }

    @Test
    void whatRingsWithMoreThanCanBeKeptEndsWhenTheRoomMoves() {
        String large = quoted("x".repeat(Signal.MAX_BYTES - 2));
        TestClient[] clients = new TestClient[12];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = room.joinWithSeat("user-" + i);
        }
        for (int i = 0; i < clients.length; i += 2) {
            ask(clients[i], "call_user", "{'to':'user-" + (i + 1) + "','offer':" + large + "}");
        }
        ann.skipAll();
        ben.skipAll();
        for (TestClient client : clients) {
            client.skipAll();
        }

        move();
        for (TestClient client : clients) {
            client.expectClosed(LeaveReason.MOVED);
            assertThat(client.comeBack()).isTrue();
        }

        int ended = 0;
        for (int i = 0; i < clients.length; i += 2) {
            boolean rings = clients[i]
                    .sendForReply("end_call", json("{'to':'user-" + (i + 1) + "'}"))
                    .data(JsonNode.class)
                    .path("callId")
                    .isTextual();
            if (!rings) {
                ended++;
                assertThat(heard(clients[i], "call_ended").path("reason").asText())
                        .isEqualTo("MOVED");
            }
            heard(clients[i + 1], "call_ended");
        }
        assertThat(ended).isBetween(1, 5);
        ann.comeBack();
        ben.comeBack();
    }

    private void move() {
        room.handOver();
        ann.expectClosed(LeaveReason.MOVED);
        ben.expectClosed(LeaveReason.MOVED);
    }

    private JsonNode ring() {
        JsonNode id = ask(ann, "call_user", "{'to':'ben','offer':{'sdp':'o'}}").path("callId");
        heard(ben, "incoming_call");
        return id;
    }

    private JsonNode live() {
        JsonNode id = ring();
        ask(ben, "call_answer", "{'to':'ann','answer':{}}");
        heard(ann, "call_answered");
        return id;
    }

    private static JsonNode ask(TestClient client, String event, String data) {
        return client.sendForReply(event, json(data)).data(JsonNode.class);
    }

    private static void refused(TestClient client, String event, String data, String code) {
        TestReply reply = client.sendForReply(event, json(data));
        assertThat(reply.expectError(code)).isNotBlank();
    }

    private static JsonNode heard(TestClient client, String event) {
        return client.expect(event).data(JsonNode.class);
    }

    private static JsonNode with(JsonNode id, String text) {
        return json(text.replace("?", id.asText()));
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads JSON in which strings may stand in single quotes. */
    private static JsonNode json(String text) {
        try {
            return JSON.reader()
                    .with(com.fasterxml.jackson.core.json.JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .readTree(text);
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
