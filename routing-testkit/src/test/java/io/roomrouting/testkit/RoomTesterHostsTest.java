package io.roomrouting.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.session.CloseReason;
import io.roomrouting.session.Event;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RestorableRoom;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.Session;
import io.roomrouting.session.WhenDraining;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clients that come back, and rooms that move, in a room tester. */
class RoomTesterHostsTest {

    /** Counts what is said. */
    private static final class Tally implements RestorableRoom {

        private final Room room;
        private byte count;

        Tally(Room room) {
            this.room = room;
        }

        @Override
        public byte[] snapshot() {
            return new byte[] {count};
        }

        @Override
        public void restore(byte[] state) {
            count = state[0];
        }

        @Override
        public void onEvent(Session session, Event event) {
            count++;
            room.broadcast("count", (int) count);
        }
    }

    @Test
    void aClientComesBackToItsSeatAndSeesWhatItMissed() {
        try (RoomTester room = RoomTester.open(Tally::new)) {
            TestClient alice = room.joinWithSeat("alice");
            TestClient bob = room.join("bob");
            alice.loseConnection();
            bob.send("say");
            bob.expect("count");

            assertThat(alice.comeBack()).isTrue();

            assertThat(alice.expect("count").data(int.class)).isEqualTo(1);
        }
    }

    @Test
    void whoComesTooLateIsANewcomer() {
        try (RoomTester room = RoomTester.open(Tally::new)) {
            TestClient alice = room.joinWithSeat("alice");
            alice.loseConnection();
            room.advance(RoomSettings.defaults().resumeGrace());

            assertThat(alice.comeBack()).isFalse();
            alice.send("say");
            alice.expect("count");
            alice.loseConnection();
            assertThat(alice.comeBack()).isTrue();
        }
    }

    @Test
    void whoHasNoSeatCannotComeBack() {
        try (RoomTester room = RoomTester.open(Tally::new)) {
            TestClient alice = room.join("alice");
            alice.loseConnection();

            assertThatThrownBy(alice::comeBack)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no seat");
        }
    }

    @Test
    void aRoomMovesWithItsStateAndItsSeats() {
        try (RoomTester room = RoomTester.open(Tally::new)) {
            TestClient alice = room.joinWithSeat("alice");
            alice.send("say");
            alice.expect("count");

            room.handOver();

            alice.expectClosed(LeaveReason.MOVED);
            assertThat(room.closed()).hasValue(CloseReason.HANDED_OVER);
            assertThat(alice.comeBack()).isTrue();
            alice.send("say");
            assertThat(alice.expect("count").data(int.class)).isEqualTo(2);
        }
    }

    @Test
    void aCrashLosesWhatWasNotSaved() {
        try (RoomTester room = RoomTester.open(Tally::new)) {
            TestClient alice = room.joinWithSeat("alice");
            alice.send("say");
            room.advance(RoomSettings.defaults().saveInterval());
            alice.send("say");
            alice.skipAll();

            room.crash();

            assertThat(alice.isIn()).isFalse();
            assertThat(alice.comeBack()).isFalse();
            alice.send("say");
            assertThat(alice.expect("count").data(int.class)).isEqualTo(2);
        }
    }

    @Test
    void aRoomThatCannotMoveBeginsAnew() {
        RoomSettings finishing = RoomSettings.defaults().withWhenDraining(WhenDraining.FINISH);
        try (RoomTester room = RoomTester.builder(any -> new RoomHandler() {})
                .settings(finishing)
                .open()) {
            TestClient alice = room.joinWithSeat("alice");

            room.handOver();

            assertThat(alice.expectClosed(LeaveReason.HOST_DRAINING)).isEqualTo(Duration.ZERO);
            assertThat(alice.comeBack()).isFalse();
        }
    }
}
