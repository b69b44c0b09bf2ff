package io.roomrouting.agones;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.agones.RoomLedger.Turnover;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a place on a game server is given back, and when the counter is raised. */
class RoomLedgerTest {

    private static final Turnover NOTHING = new Turnover(0, 0);

    private final RoomLedger ledger = new RoomLedger(Duration.ofMinutes(3), Duration.ofSeconds(10));

    private long look(long second, long count, int rooms, Turnover turnover) {
        return ledger.difference(Duration.ofSeconds(second).toNanos(), new RoomCount(count, 10), rooms, turnover);
    }

    @Test
    void aCounterThatIsRightIsLeftAlone() {
        assertThat(look(0, 0, 0, NOTHING)).isZero();
        assertThat(look(1, 3, 3, new Turnover(3, 0))).isZero();
    }

    @Test
    void aRoomThatEndsGivesItsPlaceBackAtOnce() {
        look(0, 3, 3, new Turnover(3, 0));

        assertThat(look(1, 3, 2, new Turnover(0, 1))).isEqualTo(-1);
    }

    @Test
    void aPlaceIsKeptForARoomThatIsStillToCome() {
        assertThat(look(0, 1, 0, NOTHING)).isZero();
        assertThat(look(179, 1, 0, NOTHING)).isZero();
        assertThat(look(180, 1, 1, new Turnover(1, 0))).isZero();
        assertThat(look(999, 1, 1, NOTHING)).isZero();
    }

    @Test
    void aPlaceForARoomThatDoesNotComeIsGivenBackOnce() {
        look(0, 2, 1, new Turnover(1, 0));

        assertThat(look(180, 2, 1, NOTHING)).isEqualTo(-1);
        assertThat(look(181, 1, 1, NOTHING)).isZero();
    }

    @Test
    void theOldestPlaceIsTheOneThatARoomHasUsed() {
        look(0, 1, 0, NOTHING);
        look(100, 2, 0, NOTHING);

        assertThat(look(101, 2, 1, new Turnover(1, 0))).isZero();
        assertThat(look(200, 2, 1, NOTHING))
                .as("the younger one still has time")
                .isZero();
        assertThat(look(280, 2, 1, NOTHING)).isEqualTo(-1);
    }

    @Test
    void aCounterThatIsTooLowIsRaisedWhenItStaysSo() {
        assertThat(look(0, 0, 2, new Turnover(2, 0))).isZero();
        assertThat(look(9, 1, 2, NOTHING)).isZero();
        assertThat(look(10, 1, 2, NOTHING)).isEqualTo(1);
        assertThat(look(11, 2, 2, NOTHING)).isZero();
    }

    @Test
    void newsOfAnAllocationThatComesAfterTheRoomChangesNothing() {
        assertThat(look(0, 0, 1, new Turnover(1, 0))).isZero();
        assertThat(look(1, 1, 1, NOTHING)).isZero();
        assertThat(look(500, 1, 1, NOTHING)).isZero();
    }

    @Test
    void theCounterIsNotRaisedAboveItsCapacity() {
        look(0, 9, 12, new Turnover(12, 0));

        assertThat(look(60, 9, 12, NOTHING)).isEqualTo(1);
        assertThat(look(61, 10, 12, NOTHING)).isZero();
    }

    @Test
    void aCounterOutOfItsMindIsBornePatientlyAndInLittleMemory() {
        assertThat(look(0, Long.MAX_VALUE, 0, NOTHING)).isZero();
        assertThat(look(180, Long.MAX_VALUE, 0, NOTHING)).isBetween(-10_000L, -1L);
        assertThat(look(181, -5, 0, new Turnover(0, 3))).isZero();
    }

    @Test
    void whateverHappensTheCounterIsInTheEndTheNumberOfRooms() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        long count = 0;
        int rooms = 0;
        Deque<Long> promised = new ArrayDeque<>();
        for (long second = 0; second < 20_000; second++) {
            int opened = 0;
            int closed = 0;
            if (second < 15_000) {
                if (count < 10 && random.nextInt(5) == 0) {
                    count++;
                    if (random.nextInt(3) > 0) {
                        promised.add(second + random.nextInt(120));
                    }
                }
                while (!promised.isEmpty() && promised.peek() <= second) {
                    promised.remove();
                    opened++;
                    rooms++;
                }
            }
            if (rooms > 0 && random.nextInt(20) == 0) {
                closed++;
                rooms--;
            }
            count = Math.max(0, Math.min(10, count + look(second, count, rooms, new Turnover(opened, closed))));
            assertThat(count).as("seed %s, second %s", seed, second).isGreaterThanOrEqualTo(rooms);
        }
        assertThat(count).as("seed %s", seed).isEqualTo(rooms);
    }
}
