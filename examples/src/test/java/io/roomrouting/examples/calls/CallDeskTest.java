package io.roomrouting.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomrouting.UserId;
import io.roomrouting.examples.calls.CallEvent.CallAnswered;
import io.roomrouting.examples.calls.CallEvent.CallEnded;
import io.roomrouting.examples.calls.CallEvent.CallFailed;
import io.roomrouting.examples.calls.CallEvent.IceCandidate;
import io.roomrouting.examples.calls.CallEvent.IncomingCall;
import io.roomrouting.examples.calls.CallReply.Done;
import io.roomrouting.examples.calls.CallReply.Nothing;
import io.roomrouting.examples.calls.CallReply.Refused;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules about calls, without a room. */
class CallDeskTest {

    private static final UserId ANN = UserId.of("ann");
    private static final UserId BEN = UserId.of("ben");
    private static final UserId CAT = UserId.of("cat");
    private static final Device ANNS = new Device(ANN, "ann-1");
    private static final Device ANNS_OTHER = new Device(ANN, "ann-2");
    private static final Device BENS = new Device(BEN, "ben-1");
    private static final Device BENS_OTHER = new Device(BEN, "ben-2");
    private static final Device CATS = new Device(CAT, "cat-1");
    private static final Duration TICK = Duration.ofMillis(1);

    private final FakeLines lines = new FakeLines();
    private final CallDesk desk = new CallDesk(lines);

    /** How far a call may have come. */
    enum Stage {
        RINGING,
        LIVE
    }

    @BeforeEach
    void everybodyComes() {
        List.of(ANNS, ANNS_OTHER, BENS, BENS_OTHER, CATS).forEach(lines::come);
    }

    @AfterEach
    void nothingElseHappened() {
        for (Device device : List.of(ANNS, ANNS_OTHER, BENS, BENS_OTHER, CATS)) {
            assertThat(lines.take(device)).as("%s was told", device).isEmpty();
        }
        if (desk.calls().isEmpty()) {
            assertThat(lines.timers()).as("timers without a call").isZero();
        }
    }

    // Beginning

    @Test
    void allDevicesOfTheCalleeRing() {
        String id = call();

        IncomingCall rings = new IncomingCall(ANN, json("offer"), id, false, false);
        assertThat(lines.take(BENS)).containsExactly(rings);
        assertThat(lines.take(BENS_OTHER)).containsExactly(rings);
    }

    @Test
    void aDeviceThatComesWhileItRingsRingsToo() {
        lines.go(BENS_OTHER);
        String id = ringing();
        lines.come(BENS_OTHER);
        desk.joined(BENS_OTHER);

        assertThat(lines.take(BENS_OTHER)).containsExactly(new IncomingCall(ANN, json("offer"), id, false, false));

        lines.come(new Device(ANN, "ann-3"));
        desk.joined(new Device(ANN, "ann-3"));
        assertThat(lines.take(new Device(ANN, "ann-3"))).isEmpty();
    }

    @Test
    void whoIsNotHereIsOffline() {
        UserId dan = UserId.of("dan");

        assertRefused(desk.call(ANNS, dan, null, signal("offer")), "USER_OFFLINE");

        assertThat(lines.take(ANNS)).containsExactly(new CallFailed(dan, CallFailure.USER_OFFLINE));
        assertThat(desk.calls()).isEmpty();
    }

    @Test
    void nobodyCallsThemselves() {
        assertRefused(desk.call(ANNS, ANN, null, signal("offer")), "SELF_CALL");

        assertThat(lines.take(ANNS)).containsExactly(new CallFailed(ANN, CallFailure.SELF_CALL));
    }

    @ParameterizedTest
    @EnumSource
    void whoIsInACallIsBusyAsCallerAndAsCallee(Stage stage) {
        String id = reach(stage);

        for (UserId busy : List.of(ANN, BEN)) {
            assertRefused(desk.call(CATS, busy, null, signal("offer")), "USER_BUSY");
            assertThat(lines.take(CATS)).containsExactly(new CallFailed(busy, CallFailure.USER_BUSY));
        }
        assertThat(desk.calls()).extracting(Call::id).containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource
    void whoIsInACallCallsNobodyElseFromAnyDevice(Stage stage) {
        reach(stage);

        for (Device device : List.of(ANNS, ANNS_OTHER, BENS, BENS_OTHER)) {
            assertRefused(desk.call(device, CAT, null, signal("offer")), "USER_BUSY");
            assertThat(lines.take(device)).containsExactly(new CallFailed(CAT, CallFailure.USER_BUSY));
        }
        assertRefused(desk.call(ANNS_OTHER, BEN, null, signal("offer")), "USER_BUSY");
        assertThat(lines.take(ANNS_OTHER)).containsExactly(new CallFailed(BEN, CallFailure.USER_BUSY));
    }

    @Test
    void whoCallsAgainBeforeTheAnswerChangesNothing() {
        ringing();

        assertRefused(desk.call(ANNS, BEN, null, signal("another offer")), "CALL_IN_PROGRESS");
    }

    @Test
    void whenBothCallAtOnceTheFirstCallGoesOnAndTheOtherIsToldToAnswerIt() {
        String id = ringing();

        assertRefused(desk.call(BENS, ANN, null, signal("ben's offer")), "USER_BUSY");

        assertThat(lines.take(BENS))
                .containsExactly(
                        new CallFailed(ANN, CallFailure.USER_BUSY),
                        new IncomingCall(ANN, json("offer"), id, false, true));
        assertDone(desk.answer(BENS, ANN, null, signal("answer")), id, CallState.LIVE);
        assertThat(lines.take(ANNS)).containsExactly(new CallAnswered(BEN, json("answer"), id));
        assertThat(lines.take(BENS_OTHER)).containsExactly(new CallEnded(ANN, id, "ANSWERED_ELSEWHERE"));
        assertThat(desk.calls()).hasSize(1);
    }

    // The answer

    @Test
    void theFirstDeviceThatAnswersWinsAndItIsOverForTheOthers() {
        String id = ringing();

        assertDone(desk.answer(BENS_OTHER, ANN, null, signal("answer")), id, CallState.LIVE);

        assertThat(lines.take(ANNS)).containsExactly(new CallAnswered(BEN, json("answer"), id));
        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, id, "ANSWERED_ELSEWHERE"));
        assertRefused(desk.answer(BENS, ANN, null, signal("late")), "ANSWERED_ELSEWHERE");
        assertRefused(desk.candidate(BENS, ANN, null, signal("late")), "NO_CALL");
        assertRefused(desk.call(BENS, ANN, null, signal("late")), "USER_BUSY");
        assertThat(lines.take(BENS)).containsExactly(new CallFailed(ANN, CallFailure.USER_BUSY));
        assertThat(desk.end(BENS, ANN, null)).isEqualTo(new Nothing());
        assertThat(desk.calls()).hasSize(1);
    }

    @Test
    void nobodyAnswersTheirOwnCallOrTheCallOfOthersOrNone() {
        assertRefused(desk.answer(BENS, ANN, null, signal("answer")), "NO_CALL");
        ringing();

        assertRefused(desk.answer(ANNS, BEN, null, signal("answer")), "NO_CALL");
        assertRefused(desk.answer(ANNS_OTHER, BEN, null, signal("answer")), "NO_CALL");
        assertRefused(desk.answer(CATS, ANN, null, signal("answer")), "NO_CALL");
        assertRefused(desk.answer(BENS, CAT, null, signal("answer")), "NO_CALL");
        assertThat(desk.calls()).extracting(Call::state).containsExactly(CallState.RINGING);
    }

    @Test
    void whoDoesNotAnswerWithinThirtySecondsIsNotCalledAnyMore() {
        String id = ringing();

        lines.advance(CallDesk.RING.minus(TICK));
        assertThat(desk.calls()).hasSize(1);
        lines.advance(TICK);

        assertThat(lines.take(ANNS)).containsExactly(new CallFailed(BEN, CallFailure.NO_ANSWER));
        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, id, "NO_ANSWER"));
        assertThat(lines.take(BENS_OTHER)).containsExactly(new CallEnded(ANN, id, "NO_ANSWER"));
        assertRefused(desk.answer(BENS, ANN, null, signal("late")), "NO_CALL");
        assertThat(desk.calls()).isEmpty();
    }

    @Test
    void anAnsweredCallRingsNoLonger() {
        live();

        lines.advance(CallDesk.RING.multipliedBy(2));

        assertThat(desk.calls()).extracting(Call::state).containsExactly(CallState.LIVE);
    }

    // In a call

    @Test
    void anOfferWithinACallIsARenegotiationInBothDirections() {
        String id = live();

        assertDone(desk.call(ANNS, BEN, null, signal("offer 2")), id, CallState.LIVE);
        assertDone(desk.answer(BENS, ANN, null, signal("answer 2")), id, CallState.LIVE);
        assertDone(desk.call(BENS, ANN, null, signal("offer 3")), id, CallState.LIVE);
        assertDone(desk.answer(ANNS, BEN, id, signal("answer 3")), id, CallState.LIVE);

        assertThat(lines.take(BENS))
                .containsExactly(
                        new IncomingCall(ANN, json("offer 2"), id, true, false),
                        new CallAnswered(ANN, json("answer 3"), id));
        assertThat(lines.take(ANNS))
                .containsExactly(
                        new CallAnswered(BEN, json("answer 2"), id),
                        new IncomingCall(BEN, json("offer 3"), id, true, false));
    }

    @Test
    void candidatesGoToTheDeviceInTheCallInTheirOrder() {
        String id = live();

        for (String candidate : List.of("1", "2", "")) {
            assertDone(desk.candidate(ANNS, BEN, null, signal(candidate)), id, CallState.LIVE);
        }
        assertDone(desk.candidate(BENS, ANN, id, Signal.of(NullNode.getInstance())), id, CallState.LIVE);

        assertThat(lines.take(BENS))
                .containsExactly(
                        new IceCandidate(ANN, json("1"), id),
                        new IceCandidate(ANN, json("2"), id),
                        new IceCandidate(ANN, json(""), id));
        assertThat(lines.take(ANNS)).containsExactly(new IceCandidate(BEN, NullNode.getInstance(), id));
    }

    @Test
    void candidatesThatComeBeforeTheAnswerWaitForIt() {
        String id = ringing();
        desk.candidate(ANNS, BEN, null, signal("a1"));
        desk.candidate(BENS, ANN, null, signal("b1"));
        desk.candidate(BENS_OTHER, ANN, null, signal("of the device that loses"));
        desk.candidate(ANNS, BEN, null, signal("a2"));
        assertThat(lines.take(ANNS)).isEmpty();
        assertThat(lines.take(BENS)).isEmpty();

        desk.answer(BENS, ANN, null, signal("answer"));
        assertThat(desk.calls()).allMatch(call -> call.early().all().isEmpty());
        desk.candidate(ANNS, BEN, null, signal("a3"));

        assertThat(lines.take(ANNS))
                .containsExactly(new CallAnswered(BEN, json("answer"), id), new IceCandidate(BEN, json("b1"), id));
        assertThat(lines.take(BENS))
                .containsExactly(
                        new IceCandidate(ANN, json("a1"), id),
                        new IceCandidate(ANN, json("a2"), id),
                        new IceCandidate(ANN, json("a3"), id));
        lines.take(BENS_OTHER);
    }

    @Test
    void onlySoManyCandidatesWaitForTheAnswer() {
        String id = ringing();
        for (int i = 0; i < EarlyCandidates.MAX_COUNT; i++) {
            assertDone(desk.candidate(ANNS, BEN, null, signal("c" + i)), id, CallState.RINGING);
        }

        assertRefused(desk.candidate(ANNS, BEN, null, signal("too many")), "OVERLOADED");
        desk.answer(BENS, ANN, null, signal("answer"));

        assertThat(lines.take(BENS)).hasSize(EarlyCandidates.MAX_COUNT);
        desk.candidate(ANNS, BEN, null, signal("after the answer"));
        assertThat(lines.take(BENS)).hasSize(1);
        lines.take(ANNS);
        lines.take(BENS_OTHER);
    }

    @Test
    void onlySoLargeCandidatesWaitForTheAnswer() {
        ringing();
        Signal large = signal("x".repeat(Signal.MAX_BYTES - 2));
        assertThat(large.bytes()).isEqualTo(Signal.MAX_BYTES);

        for (int bytes = 0; bytes < EarlyCandidates.MAX_BYTES; bytes += Signal.MAX_BYTES) {
            assertThat(desk.candidate(ANNS, BEN, null, large)).isInstanceOf(Done.class);
        }

        assertRefused(desk.candidate(ANNS, BEN, null, signal("")), "OVERLOADED");
    }

    @Test
    void nothingIsPassedOnToWhoIsNotInTheCall() {
        live();

        assertRefused(desk.candidate(ANNS, CAT, null, signal("candidate")), "NO_CALL");
        assertRefused(desk.candidate(CATS, ANN, null, signal("candidate")), "NO_CALL");
        assertRefused(desk.candidate(ANNS_OTHER, BEN, null, signal("candidate")), "NO_CALL");
        assertRefused(desk.candidate(BENS_OTHER, ANN, null, signal("candidate")), "NO_CALL");
        assertRefused(desk.answer(ANNS, CAT, null, signal("answer")), "NO_CALL");
        assertRefused(desk.answer(ANNS_OTHER, BEN, null, signal("answer")), "NO_CALL");
        assertRefused(desk.candidate(ANNS, UserId.of("dan"), null, signal("candidate")), "NO_CALL");
    }

    @Test
    void whileItRingsTheOtherDevicesOfTheCallerHaveNoPartInIt() {
        ringing();

        assertRefused(desk.candidate(ANNS_OTHER, BEN, null, signal("candidate")), "NO_CALL");
        assertThat(desk.end(ANNS_OTHER, BEN, null)).isEqualTo(new Nothing());
        assertThat(desk.calls()).hasSize(1);
    }

    @Test
    void whatWasMeantForAnEarlierCallDoesNoHarmToALaterOne() {
        String earlier = live();
        desk.end(ANNS, BEN, null);
        lines.take(BENS);
        String later = live();

        assertThat(later).isNotEqualTo(earlier);
        assertRefused(desk.candidate(BENS, ANN, earlier, signal("late")), "NO_CALL");
        assertRefused(desk.answer(BENS, ANN, earlier, signal("late")), "NO_CALL");
        assertRefused(desk.call(BENS, ANN, earlier, signal("late")), "NO_CALL");
        assertThat(desk.end(BENS, ANN, earlier)).isEqualTo(new Nothing());
        assertDone(desk.end(BENS, ANN, later), later, CallState.ENDED);
        assertThat(lines.take(ANNS)).containsExactly(new CallEnded(BEN, later, "HUNG_UP"));
        assertRefused(desk.call(ANNS, BEN, later, signal("a renegotiation that comes too late")), "NO_CALL");
    }

    // The end

    @Test
    void theCallerGivesUp() {
        String id = ringing();

        assertDone(desk.end(ANNS, BEN, null), id, CallState.ENDED);

        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, id, "CANCELLED"));
        assertThat(lines.take(BENS_OTHER)).containsExactly(new CallEnded(ANN, id, "CANCELLED"));
        assertThat(desk.calls()).isEmpty();
    }

    @Test
    void theCalleeDeclinesOnOneDevice() {
        String id = ringing();

        assertDone(desk.end(BENS, ANN, null), id, CallState.ENDED);

        assertThat(lines.take(ANNS)).containsExactly(new CallEnded(BEN, id, "DECLINED"));
        assertThat(lines.take(BENS_OTHER)).containsExactly(new CallEnded(ANN, id, "DECLINED"));
    }

    @Test
    void eitherHangsUp() {
        String first = live();
        assertDone(desk.end(ANNS, BEN, null), first, CallState.ENDED);
        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, first, "HUNG_UP"));

        String second = live();
        assertDone(desk.end(BENS, ANN, null), second, CallState.ENDED);
        assertThat(lines.take(ANNS)).containsExactly(new CallEnded(BEN, second, "HUNG_UP"));
    }

    @Test
    void endingAgainOrWithoutACallDoesNoHarm() {
        assertThat(desk.end(ANNS, BEN, null)).isEqualTo(new Nothing());
        assertThat(desk.end(ANNS, ANN, null)).isEqualTo(new Nothing());
        live();
        desk.end(ANNS, BEN, null);
        lines.take(BENS);

        for (Device device : List.of(ANNS, ANNS_OTHER)) {
            assertThat(desk.end(device, BEN, null)).isEqualTo(new Nothing());
        }
        assertThat(desk.end(BENS, ANN, null)).isEqualTo(new Nothing());
        assertRefused(desk.candidate(ANNS, BEN, null, signal("late")), "NO_CALL");
    }

    @ParameterizedTest
    @EnumSource
    void nobodyEndsACallOfOthers(Stage stage) {
        reach(stage);

        assertThat(desk.end(CATS, ANN, null)).isEqualTo(new Nothing());
        assertThat(desk.end(CATS, BEN, null)).isEqualTo(new Nothing());
        assertThat(desk.end(ANNS, CAT, null)).isEqualTo(new Nothing());

        assertThat(desk.calls()).hasSize(1);
    }

    @Test
    void afterACallBothAreFree() {
        live();
        desk.end(ANNS, BEN, null);
        lines.take(BENS);

        assertThat(desk.call(CATS, ANN, null, signal("offer"))).isInstanceOf(Done.class);
        assertThat(lines.take(ANNS)).hasSize(1);
        assertThat(lines.take(ANNS_OTHER)).hasSize(1);
    }

    // Who vanishes

    @Test
    void theCallerLeavesWhileItRings() {
        String id = ringing();

        leave(ANNS);

        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, id, "LEFT"));
        assertThat(lines.take(BENS_OTHER)).containsExactly(new CallEnded(ANN, id, "LEFT"));
    }

    @Test
    void whileItRingsItIsTheLastDeviceOfTheCalleeThatCounts() {
        ringing();

        leave(BENS);
        assertThat(desk.calls()).hasSize(1);
        leave(BENS_OTHER);

        assertThat(lines.take(ANNS)).containsExactly(new CallFailed(BEN, CallFailure.USER_OFFLINE));
        assertThat(desk.calls()).isEmpty();
    }

    @Test
    void eitherLeavesDuringTheCall() {
        String first = live();
        leave(ANNS);
        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, first, "LEFT"));
        lines.come(ANNS);

        String second = live();
        leave(BENS);
        assertThat(lines.take(ANNS)).containsExactly(new CallEnded(BEN, second, "LEFT"));
    }

    @Test
    void otherDevicesComeAndGoDuringTheCall() {
        String id = live();

        drop(ANNS_OTHER);
        leave(ANNS_OTHER);
        leave(BENS_OTHER);
        lines.come(BENS_OTHER);
        desk.joined(BENS_OTHER);
        lines.advance(CallDesk.RING);

        assertThat(desk.calls()).extracting(Call::id).containsExactly(id);
    }

    @ParameterizedTest
    @EnumSource
    void aCallerWhoseConnectionBreaksHasFourSecondsToComeBack(Stage stage) {
        String id = reach(stage);
        drop(ANNS);
        lines.advance(CallDesk.PATIENCE.minus(TICK));
        back(ANNS);
        lines.advance(CallDesk.PATIENCE);
        assertThat(desk.calls()).hasSize(1);

        drop(ANNS);
        lines.advance(CallDesk.PATIENCE);

        CallEnded lost = new CallEnded(ANN, id, "CONNECTION_LOST");
        assertThat(lines.take(BENS)).containsExactly(lost);
        assertThat(lines.take(BENS_OTHER)).isEqualTo(stage == Stage.RINGING ? List.of(lost) : List.of());
        assertThat(lines.take(ANNS))
                .as("what it gets if it comes back later")
                .containsExactly(new CallEnded(BEN, id, "CONNECTION_LOST"));
    }

    @Test
    void aCalleeWhoseConnectionBreaksDuringTheCallHasFourSecondsToComeBack() {
        String id = live();
        drop(BENS);
        lines.advance(CallDesk.PATIENCE.minus(TICK));
        back(BENS);
        lines.advance(CallDesk.PATIENCE);
        assertThat(desk.calls()).hasSize(1);

        drop(BENS);
        lines.advance(CallDesk.PATIENCE);

        assertThat(lines.take(ANNS)).containsExactly(new CallEnded(BEN, id, "CONNECTION_LOST"));
        assertThat(lines.take(BENS)).containsExactly(new CallEnded(ANN, id, "CONNECTION_LOST"));
    }

    @Test
    void whileItRingsOneConnectedDeviceOfTheCalleeIsEnough() {
        ringing();
        drop(BENS);
        lines.advance(CallDesk.PATIENCE);
        assertThat(desk.calls()).hasSize(1);
        drop(BENS_OTHER);
        lines.advance(CallDesk.PATIENCE.minus(TICK));
        back(BENS);
        lines.advance(CallDesk.PATIENCE);
        assertThat(desk.calls()).hasSize(1);

        drop(BENS);
        lines.advance(CallDesk.PATIENCE);

        assertThat(lines.take(ANNS)).containsExactly(new CallFailed(BEN, CallFailure.USER_OFFLINE));
        assertThat(lines.take(BENS)).hasSize(1).first().isInstanceOf(CallEnded.class);
        assertThat(lines.take(BENS_OTHER)).hasSize(1).first().isInstanceOf(CallEnded.class);
    }

    @Test
    void whoIsCalledWithoutBeingConnectedHasFourSecondsToo() {
        drop(BENS);
        lines.go(BENS_OTHER);
        call();
        lines.take(BENS);

        lines.advance(CallDesk.PATIENCE);

        assertThat(lines.take(ANNS)).containsExactly(new CallFailed(BEN, CallFailure.USER_OFFLINE));
        lines.take(BENS);
    }

    @Test
    void eachSideHasItsOwnFourSeconds() {
        live();
        drop(ANNS);
        lines.advance(Duration.ofSeconds(3));
        drop(BENS);
        lines.advance(Duration.ofSeconds(1).minus(TICK));
        back(ANNS);
        lines.advance(Duration.ofSeconds(3));
        assertThat(desk.calls()).hasSize(1);

        back(BENS);

        assertThat(desk.calls()).extracting(Call::state).containsExactly(CallState.LIVE);
    }

    @Test
    void aCallIsLiveWhileBothAreConnected() {
        ringing();
        drop(ANNS);
        desk.answer(BENS, ANN, null, signal("answer"));
        assertThat(desk.calls()).extracting(Call::state).containsExactly(CallState.CONNECTING);
        desk.candidate(BENS, ANN, null, signal("candidate"));

        back(ANNS);

        assertThat(desk.calls()).extracting(Call::state).containsExactly(CallState.LIVE);
        assertThat(lines.take(ANNS)).as("kept for it").hasSize(2);
        drop(BENS);
        assertThat(desk.calls()).extracting(Call::state).containsExactly(CallState.CONNECTING);
        lines.take(BENS_OTHER);
    }

    private String call() {
        CallReply reply = desk.call(ANNS, BEN, null, signal("offer"));
        assertThat(reply).isInstanceOf(Done.class);
        assertThat(((Done) reply).state()).isEqualTo(CallState.RINGING);
        return ((Done) reply).callId();
    }

    private String ringing() {
        String id = call();
        lines.take(BENS);
        lines.take(BENS_OTHER);
        return id;
    }

    private String live() {
        String id = ringing();
        assertDone(desk.answer(BENS, ANN, null, signal("answer")), id, CallState.LIVE);
        lines.take(ANNS);
        lines.take(BENS_OTHER);
        return id;
    }

    private String reach(Stage stage) {
        return stage == Stage.RINGING ? ringing() : live();
    }

    private void leave(Device device) {
        lines.go(device);
        desk.left(device);
    }

    private void drop(Device device) {
        lines.connected(device, false);
        desk.changed(device);
    }

    private void back(Device device) {
        lines.connected(device, true);
        desk.changed(device);
    }

    private static void assertDone(CallReply reply, String id, CallState state) {
        assertThat(reply).isEqualTo(new Done(id, state));
    }

    private static void assertRefused(CallReply reply, String code) {
        assertThat(reply)
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static Signal signal(String text) {
        return Signal.of(json(text));
    }

    private static JsonNode json(String text) {
        return new TextNode(text);
    }
}
