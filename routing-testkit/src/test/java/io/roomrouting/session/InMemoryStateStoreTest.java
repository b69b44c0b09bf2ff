package io.roomrouting.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore.Loaded;
import io.roomrouting.testkit.RoomStateStoreContract;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The contract, and the bounds. */
class InMemoryStateStoreTest extends RoomStateStoreContract {

    private static final RoomId A = RoomId.of("a");
    private static final RoomId B = RoomId.of("b");
    private static final RoomId C = RoomId.of("c");

    @Override
    protected RoomStateStore createStore() {
        return InMemoryStateStore.create();
    }

    @Test
    void aRoomTooManyIsRefusedAndTheOthersStay() {
        InMemoryStateStore store = InMemoryStateStore.bounded(2, 100);
        SavingProcess.saveNext(store, A, epoch(1), new byte[1]);
        store.load(B, epoch(2));

        assertOverloaded(() -> SavingProcess.saveNext(store, C, epoch(3), new byte[1]));
        assertOverloaded(() -> store.load(C, epoch(3)));

        assertThat(SavingProcess.saveNext(store, A, epoch(4), new byte[2])).isTrue();
        assertThat(store.load(B, epoch(4))).isEqualTo(new Loaded.Empty());
    }

    @Test
    void bytesTooManyAreRefusedAndLeaveWhatWasThere() {
        InMemoryStateStore store = InMemoryStateStore.bounded(10, 10);
        SavingProcess.saveNext(store, A, epoch(1), new byte[4]);
        SavingProcess.saveNext(store, B, epoch(1), new byte[6]);

        assertOverloaded(() -> SavingProcess.saveNext(store, A, epoch(2), new byte[5]));

        assertThat(store.load(A, epoch(1))).isEqualTo(new Loaded.Found(new byte[4], epoch(1), true));
    }

    @Test
    void whatIsReplacedOrDeletedMakesPlace() {
        InMemoryStateStore store = InMemoryStateStore.bounded(1, 10);
        SavingProcess.saveNext(store, A, epoch(1), new byte[10]);
        assertThat(SavingProcess.saveNext(store, A, epoch(1), new byte[10])).isTrue();
        assertThat(SavingProcess.saveNext(store, A, epoch(1), new byte[3])).isTrue();

        store.delete(A, epoch(1));

        assertThat(SavingProcess.saveNext(store, B, epoch(2), new byte[10])).isTrue();
    }

    @Test
    void whenAFenceIsDroppedEveryRoomThatIsNotKnownIsFencedUpToIt() {
        InMemoryStateStore store = InMemoryStateStore.bounded(10, 10, 1);
        store.load(C, epoch(5));
        store.delete(A, epoch(7));
        store.delete(B, epoch(6));

        for (RoomId unknown : new RoomId[] {A, RoomId.of("d")}) {
            assertThat(SavingProcess.saveNext(store, unknown, epoch(7), new byte[1]))
                    .isFalse();
            assertThat(store.delete(unknown, epoch(7))).isFalse();
            assertThat(store.load(unknown, epoch(7))).isEqualTo(new Loaded.Fenced());
            assertThat(store.load(unknown, epoch(8))).isEqualTo(new Loaded.Empty());
        }
        assertThat(SavingProcess.saveNext(store, B, epoch(6), new byte[1])).isTrue();
        assertThat(SavingProcess.saveNext(store, C, epoch(5), new byte[1])).isTrue();
    }

    @Test
    void theFloorNeverSinks() {
        InMemoryStateStore store = InMemoryStateStore.bounded(10, 10, 1);
        SavingProcess.saveNext(store, B, epoch(3), new byte[1]);
        store.delete(A, epoch(7));
        store.delete(B, epoch(3));
        store.delete(C, epoch(9));

        assertThat(store.load(A, epoch(7))).isEqualTo(new Loaded.Fenced());
    }

    @Test
    void aRoomThatBeginsAnewIsNotDroppedWithTheFences() {
        InMemoryStateStore store = InMemoryStateStore.bounded(10, 10, 1);
        store.delete(A, epoch(1));
        SavingProcess.saveNext(store, A, epoch(2), new byte[1]);
        store.delete(B, epoch(3));
        store.delete(C, epoch(4));

        assertThat(SavingProcess.saveNext(store, A, epoch(2), new byte[2])).isTrue();
    }

    @Test
    void theFenceOfARoomThatBeganAnewRaisesNoFloorLater() {
        InMemoryStateStore store = InMemoryStateStore.bounded(10, 10, 1);
        store.delete(A, epoch(1));
        SavingProcess.saveNext(store, A, epoch(2), new byte[1]);
        store.delete(B, epoch(3));

        assertThat(SavingProcess.saveNext(store, C, epoch(1), new byte[1])).isTrue();
    }

    @Test
    void theFenceOfTheRoomThatWasDeletedLongestAgoIsDropped() {
        InMemoryStateStore store = InMemoryStateStore.bounded(10, 10, 2);
        store.delete(A, epoch(1));
        store.delete(B, epoch(2));
        store.delete(A, epoch(9));
        store.delete(C, epoch(3));

        assertThat(SavingProcess.saveNext(store, RoomId.of("d"), epoch(3), new byte[1]))
                .isTrue();
        assertThat(SavingProcess.saveNext(store, A, epoch(8), new byte[1])).isFalse();
    }

    @Test
    void boundsThatMakeNoSenseAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryStateStore.bounded(0, 1))
                .withMessageContaining("maxRooms = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> InMemoryStateStore.bounded(1, 0))
                .withMessageContaining("maxBytes = 0");
    }

    private static void assertOverloaded(ThrowingCallable call) {
        assertThatExceptionOfType(RoutingException.Unavailable.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED));
    }

    private static Epoch epoch(long value) {
        return new Epoch(value);
    }
}
