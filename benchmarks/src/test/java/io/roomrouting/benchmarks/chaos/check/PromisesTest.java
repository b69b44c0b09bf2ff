package io.roomrouting.benchmarks.chaos.check;

import static io.roomrouting.benchmarks.chaos.check.RecordedRun.ALICE;
import static io.roomrouting.benchmarks.chaos.check.RecordedRun.BOB;
import static io.roomrouting.benchmarks.chaos.check.RecordedRun.CAROL;
import static io.roomrouting.benchmarks.chaos.check.RecordedRun.NEW;
import static io.roomrouting.benchmarks.chaos.check.RecordedRun.OLD;
import static io.roomrouting.benchmarks.chaos.check.RecordedRun.ROOM;
import static io.roomrouting.benchmarks.chaos.check.RecordedRun.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.benchmarks.chaos.check.History.Accepted;
import io.roomrouting.benchmarks.chaos.check.History.Admitted;
import io.roomrouting.benchmarks.chaos.check.History.Attempt;
import io.roomrouting.benchmarks.chaos.check.History.Delivered;
import io.roomrouting.benchmarks.chaos.check.History.Replied;
import io.roomrouting.benchmarks.chaos.check.History.Sent;
import io.roomrouting.benchmarks.chaos.check.History.Step;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Every kind of broken promise is planted once into a history that keeps them all, and must be found. */
class PromisesTest {

    private final RecordedRun drained = RecordedRun.ofDrain();
    private final RecordedRun killed = RecordedRun.ofKill();
    private final RecordedRun restarted = RecordedRun.ofEngine();

    @Test
    void aRunThatKeepsAllPromisesHasNothingBroken() {
        assertThat(drained.broken()).isEmpty();
        assertThat(killed.broken()).isEmpty();
    }

    // An engine fails

    @Test
    void aRunWhoseEngineWasStartedAgainHasNothingBroken() {
        assertThat(restarted.broken()).isEmpty();
    }

    @Test
    void aRoomThatIsSilentTooLongIsFound() {
        replace(restarted.replied, reply -> reply.at() > seconds(14) ? later(reply, 2.5) : reply);

        assertThat(restarted.broken()).containsExactly("silence of a room since the cause was over");
    }

    @Test
    void aSafeMessageThatIsNotKeptIsFound() {
        restarted.stored.put(ROOM, List.of("alice 1", "bob 1"));

        assertThat(restarted.broken())
                .containsExactly("messages told to be safe that are not where they were told to be");
    }

    @Test
    void aMessageThatWasNotYetSafeMayBeMissing() {
        restarted.stored.put(ROOM, List.of("alice 1", "bob 1", "alice 2"));

        assertThat(restarted.broken()).isEmpty();
    }

    @Test
    void aKeptMessageThatNobodySaidIsFound() {
        restarted.stored.put(ROOM, List.of("alice 1", "bob 1", "alice 2", "bob 7"));

        assertThat(restarted.broken()).containsExactly("kept messages that no host has taken");
    }

    @Test
    void keptMessagesInAnotherOrderAreFound() {
        restarted.stored.put(ROOM, List.of("alice 2", "bob 1", "alice 1", "bob 2"));

        assertThat(restarted.broken())
                .contains(
                        "messages told to be safe that are not where they were told to be",
                        "kept messages of one sender out of order");
    }

    // One owner

    @Test
    void aMessageThatTheFormerOwnerTakesTooLateIsFound() {
        drained.accepted.add(new Accepted(new Message(ROOM, OLD, 1, 3, "bob", 9), false, seconds(11.5)));

        assertThat(drained.broken()).contains("messages taken by a former owner after a later one had taken some");
    }

    @Test
    void aMessageUnderAnotherHostsEpochIsFound() {
        drained.accepted.add(new Accepted(new Message(ROOM, OLD, 2, 5, "bob", 9), false, seconds(13)));

        assertThat(drained.broken()).contains("messages taken under another host's epoch");
    }

    @Test
    void aGapInTheRoomsCountIsFound() {
        drained.accepted.add(new Accepted(new Message(ROOM, NEW, 2, 6, "bob", 9), false, seconds(13)));

        assertThat(drained.broken()).contains("gaps and repeats in the rooms' own count");
    }

    @Test
    void aMessageThatIsTakenTwiceIsFound() {
        drained.accepted.add(new Accepted(new Message(ROOM, NEW, 2, 5, "bob", 1), false, seconds(13)));

        assertThat(drained.broken())
                .contains("messages taken twice", "messages of living sessions not taken exactly once");
    }

    @Test
    void aMessageThatTheRoomKnowsAlreadyIsFound() {
        drained.accepted.add(new Accepted(new Message(ROOM, NEW, 2, 5, "bob", 9), true, seconds(13)));

        assertThat(drained.broken()).contains("messages taken twice");
    }

    @Test
    void aDeliveryThatNoHostHasWrittenDownIsFound() {
        drained.delivered.add(new Delivered(CAROL, new Message("other", NEW, 1, 2, "carol", 2), seconds(13)));

        assertThat(drained.broken())
                .containsExactly(
                        "messages at clients that no host has taken",
                        "sessions that did not get their room's last message");
    }

    // Served again

    @Test
    void aRoomThatIsServedTooLateIsFound() {
        replace(drained.replied, reply -> reply.at() > seconds(11) ? later(reply, 2) : reply);

        assertThat(drained.broken()).containsExactly("the host's rooms are served again");
    }

    @Test
    void aKilledHostsRoomMayTakeALeaseAndFiveSeconds() {
        replace(killed.replied, reply -> reply.at() > seconds(25) ? later(reply, 3.9) : reply);
        assertThat(killed.broken()).isEmpty();

        replace(killed.replied, reply -> reply.at() > seconds(25) ? later(reply, 0.2) : reply);
        assertThat(killed.broken()).containsExactly("the host's rooms are served again");
    }

    @Test
    void aRoomThatIsNeverServedAgainIsFound() {
        drained.replied.removeIf(reply -> reply.message().epoch() == 2);

        assertThat(drained.broken()).contains("the host's rooms are served again");
    }

    @Test
    void aFaultThatHitNoRoomShowsNothing() {
        drained.faults.replaceAll(fault ->
                new Fault(fault.kind(), fault.victim(), fault.at(), fault.healed(), fault.until(), Map.of(), Set.of()));

        assertThat(drained.broken()).contains("the host's rooms are served again", "the host's sessions that survive");
    }

    // Sessions survive

    @Test
    void aSessionThatIsLostInADrainIsFound() {
        drained.steps.add(new Step(BOB, Step.Kind.LOST, seconds(13)));

        assertThat(drained.broken()).contains("the host's sessions that survive");
    }

    @Test
    void aSessionThatNeverComesBackIsFound() {
        drained.steps.removeIf(step -> step.seat().equals(BOB) && step.kind() == Step.Kind.RESUMED);
        killed.steps.removeIf(step -> step.seat().equals(BOB) && step.kind() == Step.Kind.LOST);

        assertThat(drained.broken()).contains("the host's sessions that survive");
        assertThat(killed.broken()).contains("the host's sessions that are told how it is");
    }

    @Test
    void aDisturbanceOfAnotherHostsSessionIsFound() {
        drained.steps.add(new Step(CAROL, Step.Kind.DROPPED, seconds(13)));
        drained.steps.add(new Step(CAROL, Step.Kind.RESUMED, seconds(13.5)));

        assertThat(drained.broken()).containsExactly("disturbances of sessions on other hosts");
    }

    // Nothing is lost

    @Test
    void aMessageThatIsLostInADrainIsFound() {
        replace(drained.accepted, one -> new Accepted(goneBack(one.message()), one.again(), one.at()));

        assertThat(drained.broken()).contains("messages lost with the rooms' state");
    }

    @Test
    void aLossThatIsOlderThanTheLastSnapshotShouldBeIsFound() {
        replace(killed.accepted, one -> new Accepted(one.message(), one.again(), one.at() - seconds(11)));

        assertThat(killed.broken()).containsExactly("messages lost with the state since the last snapshot");
    }

    @Test
    void aSessionThatGoesOnAlthoughWhatItSawIsLostIsFound() {
        killed.steps.add(new Step(BOB, Step.Kind.RESUMED, seconds(25)));

        assertThat(killed.broken()).contains("sessions that go on although what they saw is lost");
    }

    @Test
    void aConfirmedMessageThatNobodyReceivedIsFound() {
        Message last = new Message(ROOM, OLD, 1, 2, "bob", 1);
        drained.delivered.removeIf(one -> one.message().equals(last));

        assertThat(drained.broken()).contains("confirmed messages that nobody received");
    }

    // Every message once and in order

    @Test
    void aMessageThatASessionMissedIsFound() {
        drained.delivered.removeIf(
                one -> one.seat().equals(ALICE) && one.message().seq() == 3);

        assertThat(drained.broken()).containsExactly("messages that a session missed, got twice or out of order");
    }

    @Test
    void aMessageThatASessionGotTwiceIsFound() {
        Delivered last = drained.delivered.get(drained.delivered.size() - 1);
        drained.delivered.add(last);

        assertThat(drained.broken()).containsExactly("messages that a session missed, got twice or out of order");
    }

    @Test
    void aSessionWithoutTheLastMessageIsFound() {
        drained.delivered.removeIf(
                one -> one.seat().equals(ALICE) && one.message().seq() == 4);

        assertThat(drained.broken()).containsExactly("sessions that did not get their room's last message");
    }

    @Test
    void aMessageThatWasNeverTakenIsFound() {
        drained.sent.add(new Sent(BOB, 3, seconds(13)));

        assertThat(drained.broken())
                .containsExactly(
                        "messages of living sessions not taken exactly once",
                        "messages of living sessions not confirmed exactly once");
    }

    @Test
    void aConfirmationThatCameTwiceIsFound() {
        drained.replied.add(drained.replied.get(0));

        assertThat(drained.broken()).containsExactly("messages of living sessions not confirmed exactly once");
    }

    @Test
    void theLastMessagesOfALostSessionMayBeOpenButNotTakenTwice() {
        killed.sent.add(new Sent(BOB, 2, seconds(9.9)));
        assertThat(killed.broken()).isEmpty();

        killed.replied.add(new Replied(BOB, new Message(ROOM, OLD, 1, 2, "bob", 1), seconds(9.9)));
        assertThat(killed.broken()).containsExactly("other messages taken or confirmed twice");
    }

    @Test
    void whatShouldNotHappenAtAllIsFound() {
        drained.troubles.add("a client was sent away with 4300 UNAUTHENTICATED");

        assertThat(drained.broken()).containsExactly("refused messages and clients sent away");
    }

    // The governor

    @Test
    void anAttemptThatIsTooEarlyIsFound() {
        drained.attempts.add(new Attempt("bob", seconds(12), seconds(12) + 1));

        assertThat(drained.broken()).containsExactly("attempts to come in earlier than allowed");
    }

    @Test
    void aHostThatLetsInMoreThanItsRateIsFound() {
        for (int i = 0; i < 25; i++) {
            drained.admitted.add(new Admitted(NEW, seconds(5)));
        }
        drained.admitted.add(new Admitted(NEW, seconds(5.1)));
        drained.admitted.add(new Admitted(OLD, seconds(5.1)));
        assertThat(drained.broken()).isEmpty();

        drained.admitted.add(new Admitted(NEW, seconds(5.1)));
        assertThat(drained.broken()).containsExactly("admissions of one host within a second, at most");
    }

    private static <T> void replace(List<T> list, UnaryOperator<T> change) {
        list.replaceAll(change);
    }

    private static Replied later(Replied reply, double seconds) {
        return new Replied(reply.seat(), reply.message(), reply.at() + seconds(seconds));
    }

    /** As if the new owner had begun with the state before the last message. */
    private static Message goneBack(Message message) {
        return message.epoch() == 2
                ? new Message(message.room(), message.host(), 2, message.seq() - 1, message.from(), message.n())
                : message;
    }
}
