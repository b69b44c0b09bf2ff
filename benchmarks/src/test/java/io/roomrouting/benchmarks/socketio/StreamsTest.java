package io.roomrouting.benchmarks.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamsTest {

    private final Streams streams = new Streams();

    @Test
    void messagesOfManySendersEachInOrderAreNoFault() {
        hear("a", 0);
        hear("b", 0);
        hear("a", 1);

        assertThat(streams.heard()).isEqualTo(3);
        assertThat(streams.faults()).isZero();
    }

    @Test
    void aLostMessageIsAFault() {
        hear("a", 0);
        hear("a", 2);

        assertThat(streams.faults()).isEqualTo(1);
    }

    @Test
    void aDoubledMessageIsAFault() {
        hear("a", 0);
        hear("a", 0);

        assertThat(streams.faults()).isEqualTo(1);
    }

    @Test
    void whatIsNoEventIsAFault() {
        streams.hear("1");

        assertThat(streams.faults()).isEqualTo(1);
    }

    private void hear(String sender, int number) {
        streams.hear("2" + Streams.message(sender, number));
    }
}
