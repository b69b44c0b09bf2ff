package io.roomrouting.session;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.util.Arrays;

/**
 * Keeps what a room was like, so that its next owner can go on from there; takes nothing from a former owner.
 *
 * <p><b>Fencing.</b> The store remembers, for every room, the newest epoch it has seen in a {@link #load}, {@link #save}
 * or {@link #delete} that it took. A call under an older epoch is fenced: it changes nothing and says so. As an owner
 * loads before its room acts, a former owner that was paused, cut off or declared dead can write nothing from that moment
 * on, whatever it still believes. The same epoch may call as often as it likes. Each call takes effect at one instant,
 * also between processes that share the store.
 *
 * <p><b>What it keeps.</b> The last state that was saved, in bytes that only the room understands, at most
 * {@link #MAX_STATE_BYTES}. The store neither keeps nor returns an array of the caller's: it copies. A state of no bytes is
 * a state.
 *
 * <p><b>Threads.</b> Thread-safe. Every call may block; session hosts call on their blocking executor, never on a room's
 * thread, and one call at a time for each room.
 *
 * <p><b>Errors.</b> {@link RoutingException.Unavailable} with
 * {@link io.roomrouting.ErrorCode#REGISTRY_UNAVAILABLE} if the store is out of reach or what it holds cannot be read: it
 * is then not known whether the call took effect, and calling again under the same epoch is safe. With
 * {@link io.roomrouting.ErrorCode#OVERLOADED} if the store is full: nothing was changed.
 *
 * <p>Epochs must come from one registry, whose epochs grow over all rooms; then a store may forget a room that was closed
 * long ago and still refuse its former owners.
 */
public interface RoomStateStore {

    /** The largest state that every store takes: 4 MiB. */
    int MAX_STATE_BYTES = 4 * 1024 * 1024;

    /**
     * Opens a room's state for an owner: from now on nothing older than this epoch is taken, also if there is no state
     * yet.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @return what was found, or that the caller owns the room no more
     * @throws RoutingException.Unavailable if the store is out of reach or full
     */
    Loaded load(RoomId room, Epoch epoch);

    /**
     * Keeps a room's state, in the place of the last one, unless a later one of the same ownership is kept: a call that
     * was thought lost, and took effect long after its caller had given it up, undoes nothing.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @param version grows with every new state of this ownership; a call that is made again has the version it had
     * @param state at most {@link #MAX_STATE_BYTES}
     * @return true if this state is kept, or was overtaken by a later one of the same ownership; false if a newer epoch has
     *     been seen: the caller owns the room no more, and nothing was changed
     * @throws RoutingException.InvalidRequest if the state is too large
     * @throws RoutingException.Unavailable if the store is out of reach or full
     */
    boolean save(RoomId room, Epoch epoch, long version, byte[] state);

    /**
     * Forgets the state of a room that was closed for good. Older epochs stay fenced.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @return false if a newer epoch has been seen: the caller owns the room no more, and nothing was changed
     * @throws RoutingException.Unavailable if the store is out of reach
     */
    boolean delete(RoomId room, Epoch epoch);

    /**
     * Refuses a state that is too large; for implementations.
     *
     * @param state what is to be saved
     * @throws RoutingException.InvalidRequest if it is larger than {@link #MAX_STATE_BYTES}
     */
    static void checkSize(byte[] state) {
        if (state.length > MAX_STATE_BYTES) {
            throw RoutingException.invalid(
                    "a room's state has " + state.length + " bytes; at most " + MAX_STATE_BYTES + " are kept");
        }
    }

    /** What {@link #load} found. */
    sealed interface Loaded {

        /** A newer epoch has been seen: the caller owns the room no more. */
        record Fenced() implements Loaded {}

        /** No state is kept: the room begins anew. */
        record Empty() implements Loaded {}

        /**
         * The last state that was saved.
         *
         * @param state a copy for the caller
         * @param savedUnder the ownership it was saved under
         * @param untouched whether nobody has loaded the room since this state was saved; only then can nothing have
         *     happened after it, if its owner meant it to be its last
         */
        // Equal by content; the array is the caller's own.
        @SuppressWarnings("ArrayRecordComponent")
        record Found(byte[] state, Epoch savedUnder, boolean untouched) implements Loaded {

            @Override
            public boolean equals(Object other) {
                return other instanceof Found found
                        && Arrays.equals(state, found.state)
                        && savedUnder.equals(found.savedUnder)
                        && untouched == found.untouched;
            }

            @Override
            public int hashCode() {
                return 31 * Arrays.hashCode(state) + savedUnder.hashCode();
            }

            /** Tells the size only, as the content may be anybody's words. */
            @Override
            public String toString() {
                return "Found[" + state.length + " bytes, savedUnder=" + savedUnder + ", untouched=" + untouched + "]";
            }
        }
    }
}
