package io.roomrouting.jetty.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.session.LeaveReason;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerTurnsTest {

    private final List<LeaveReason> told = new ArrayList<>();
    private final ListenerTurns turns = new ListenerTurns(new WebSocketListener() {
        @Override
        public void onOpen(WebSocketConnection connection) {}

        @Override
        public void onText(byte[] bytes, int offset, int length) {}

        @Override
        public void onBinary(byte[] bytes, int offset, int length) {}

        @Override
        public void onReadComplete() {}

        @Override
        public void onClosed(LeaveReason reason) {
            told.add(reason);
        }
    });

    @Test
    void theEndIsToldOnceWithTheFirstReason() {
        turns.settle(LeaveReason.KICKED);
        assertThat(told).isEmpty();

        turns.end(LeaveReason.CONNECTION_LOST);
        turns.end(LeaveReason.LEFT);

        assertThat(told).containsExactly(LeaveReason.KICKED);
    }

    @Test
    void anEndInTheMiddleOfATurnIsToldAtItsEnd() {
        assertThat(turns.begin()).isTrue();
        turns.end(LeaveReason.LEFT);
        assertThat(told).isEmpty();

        turns.done();
        turns.done();

        assertThat(told).containsExactly(LeaveReason.LEFT);
    }

    @Test
    void thereIsNoTurnAfterTheEnd() {
        turns.end(LeaveReason.TIMED_OUT);

        assertThat(turns.begin()).isFalse();
        turns.done();

        assertThat(told).containsExactly(LeaveReason.TIMED_OUT);
    }
}
