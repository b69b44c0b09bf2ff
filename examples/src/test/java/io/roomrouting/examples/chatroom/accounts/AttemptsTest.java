package io.roomrouting.examples.chatroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private static final String HOME = "192.0.2.1";
    private static final String ELSEWHERE = "198.51.100.7";

    private final ManualTime time = ManualTime.create();
    private final Attempts attempts = new Attempts(new AttemptLimits(100, 10, 5), time);

    @Test
    void afterTooManyFailuresANameIsFreeAgainForOneAttemptAtATime() {
        fail(5, "alice", HOME);

        RoutingException.Unavailable refused = refusal("alice", ELSEWHERE);

        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(refused.retryAfter()).contains(Duration.ofMinutes(1));
        time.advance(Duration.ofMinutes(1));
        attempts.begin("alice", ELSEWHERE);
        assertThat(refusal("alice", ELSEWHERE).retryAfter()).contains(Duration.ofMinutes(1));
    }

    @Test
    void otherNamesAreNotConcerned() {
        fail(5, "alice", HOME);

        assertThatCode(() -> attempts.begin("bob", HOME)).doesNotThrowAnyException();
    }

    @Test
    void successesDoNotCountAsFailures() {
        for (int i = 0; i < 50; i++) {
            attempts.begin("alice", HOME).succeeded();
        }

        assertThatCode(() -> fail(5, "alice", HOME)).doesNotThrowAnyException();
    }

    @Test
    void whoFailsElsewhereDoesNotLockTheUserOut() {
        attempts.begin("alice", HOME).succeeded();
        fail(5, "alice", ELSEWHERE);

        assertThat(refusal("alice", ELSEWHERE).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThatCode(() -> attempts.begin("alice", HOME)).doesNotThrowAnyException();
    }

    @Test
    void anAddressThatTheUserHasUsedIsLimitedToo() {
        attempts.begin("alice", HOME).succeeded();
        fail(5, "alice", HOME);

        assertThat(refusal("alice", HOME).code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @Test
    void anAddressCannotTryManyNames() {
        for (int i = 0; i < 10; i++) {
            attempts.begin("user" + i, HOME);
        }

        assertThat(refusal("another", HOME).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThatCode(() -> attempts.begin("another", ELSEWHERE)).doesNotThrowAnyException();
    }

    @Test
    void whatIsRefusedForItsNameDoesNotCountForItsAddress() {
        fail(5, "alice", ELSEWHERE);
        for (int i = 0; i < 20; i++) {
            refusal("alice", HOME);
        }

        assertThatCode(() -> attempts.begin("bob", HOME)).doesNotThrowAnyException();
    }

    @Test
    void goodAttemptsOfAnAddressAreLimitedAsWell() {
        for (int i = 0; i < 100; i++) {
            attempts.begin("alice", HOME).succeeded();
        }

        assertThat(refusal("alice", HOME).code()).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    private void fail(int times, String name, String address) {
        for (int i = 0; i < times; i++) {
            attempts.begin(name, address);
        }
    }

    private RoutingException.Unavailable refusal(String name, String address) {
        var refused = catchThrowableOfType(RoutingException.Unavailable.class, () -> attempts.begin(name, address));
        assertThat(refused).isNotNull();
        return refused;
    }
}
