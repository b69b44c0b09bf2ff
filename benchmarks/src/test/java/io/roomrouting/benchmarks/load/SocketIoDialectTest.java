package io.roomrouting.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SocketIoDialectTest {

    private final Dialect dialect = SocketIoDialect.withTicket("t1");

    @Test
    void theHandshakeIsAnsweredWithTheTicket() {
        assertThat(dialect.hear('0', '{').answer()).hasValue(Dialect.ascii("40{\"ticket\":\"t1\"}"));
    }

    @Test
    void aClientIsInWhenItsConnectIsAnswered() {
        assertThat(dialect.isInAtOnce()).isFalse();
        assertThat(dialect.hear('4', '0').in()).isTrue();
    }

    @Test
    void aPingIsAnsweredWithAPong() {
        assertThat(dialect.hear('2', (char) 0).answer()).hasValue(Dialect.ascii("3"));
    }
}
