package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.session.RoomStateStore.Loaded;

/**
 * What a store knows of one room, and the rules of fencing, for the stores that hold it as a value.
 *
 * @param newest the newest epoch that was seen
 * @param stage how far the room has come
 * @param savedUnder the epoch of the state; 0 without one
 * @param version the version of the state within that epoch
 * @param loadedSince whether somebody has loaded the room since the state was saved
 * @param state the state; never changed, and empty without one
 */
// Never compared, and never handed out without a copy.
@SuppressWarnings("ArrayRecordComponent")
record KeptRoom(long newest, Stage stage, long savedUnder, long version, boolean loadedSince, byte[] state) {

    private static final byte[] NOTHING = {};

    /** How far a room has come. */
    enum Stage {
        /** Loaded, and never saved since it began. */
        OPENED,
        /** There is a state. */
        SAVED,
        /** Deleted: only the fence is left. */
        CLOSED
    }

    /** A room of which nothing is known but that all epochs up to the floor are fenced. */
    static KeptRoom unknown(long floor) {
        return new KeptRoom(floor + 1, Stage.CLOSED, 0, 0, false, NOTHING);
    }

    boolean fences(Epoch epoch) {
        return epoch.value() < newest;
    }

    KeptRoom loaded(Epoch epoch) {
        // Its own end is the last that an ownership knows of a room: a load that is executed late begins nothing anew.
        if (stage == Stage.CLOSED && hasOvertaken(epoch, Long.MAX_VALUE)) {
            return this;
        }
        Stage next = stage == Stage.CLOSED ? Stage.OPENED : stage;
        return new KeptRoom(epoch.value(), next, savedUnder, version, true, state);
    }

    /** Says whether a later state of the same ownership, or this very one, is kept, or its end is. */
    boolean hasOvertaken(Epoch epoch, long other) {
        return switch (stage) {
            case OPENED -> false;
            case SAVED -> savedUnder == epoch.value() && other <= version;
            case CLOSED -> newest == epoch.value() && other <= version;
        };
    }

    /** The array is kept as it is: a copy that nobody else has. */
    KeptRoom saved(Epoch epoch, long next, byte[] copy) {
        return new KeptRoom(epoch.value(), Stage.SAVED, epoch.value(), next, false, copy);
    }

    KeptRoom deleted(Epoch epoch) {
        return new KeptRoom(epoch.value(), Stage.CLOSED, 0, Long.MAX_VALUE, false, NOTHING);
    }

    /** What an owner finds who loads now, with the array itself. */
    Loaded content() {
        return stage == Stage.SAVED ? new Loaded.Found(state, new Epoch(savedUnder), !loadedSince) : new Loaded.Empty();
    }
}
