package io.roomrouting.examples.chatroom;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.UserId;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TurnCredentialsTest {

    private final ManualTime time = ManualTime.startingAt(Instant.ofEpochSecond(1_266_887_200));
    private final TurnCredentials credentials = new TurnCredentials("north", Duration.ofHours(1), time);

    @Test
    void aPassIsWhatTheTurnServerComputesToo() {
        TurnCredentials.Pass pass = credentials.passFor(UserId.of("mbzrxpgjys"));

        assertThat(pass.username()).isEqualTo("1266890800:mbzrxpgjys");
        assertThat(pass.credential()).isEqualTo("nbRcrnq5h6xXhyNhlwk+lDLvVVo=");
    }

    @Test
    void aPassDoesNotShowItsCredential() {
        TurnCredentials.Pass pass = credentials.passFor(UserId.of("ann"));

        assertThat(pass.toString()).doesNotContain(pass.credential());
    }
}
