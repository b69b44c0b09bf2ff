package io.roomrouting.redis;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.session.RoomStateStore;
import java.time.Duration;

/**
 * Keeps rooms in Redis, for all hosts that share it. A call is one script and one round trip, the fence included.
 *
 * <p>A room's state, and the fence that a deleted room leaves, are forgotten {@link #keepFor} after they were last loaded, saved
 * or deleted. A former owner that was held up for longer than that would not be refused.
 *
 * <p>Errors as {@link RedisDatabase} says, and {@link RoutingException.Unavailable} with {@link ErrorCode#OVERLOADED} when Redis
 * has no memory left for a state; after any but that it is not known whether the call took effect, and calling again under the
 * same epoch is safe: of a load that was made twice the second says at worst that the state was touched. Nothing to close but
 * the database. Immutable and thread-safe; every call blocks.
 */
public final class RedisRoomStateStore implements RoomStateStore {

    private static final Duration DEFAULT_KEEPING = Duration.ofDays(90);

    private final RedisDatabase database;
    private final Duration keeping;

    private RedisRoomStateStore(RedisDatabase database, Duration keeping) {
        this.database = database;
        this.keeping = keeping;
    }

    /**
     * Opens a store that keeps states for 90 days.
     *
     * @param database where the states are kept
     * @return the store
     */
    public static RedisRoomStateStore in(RedisDatabase database) {
        return new RedisRoomStateStore(database, DEFAULT_KEEPING);
    }

    /**
     * Sets how long a state is kept that nobody loads or saves.
     *
     * @param value 10 min to 10 years
     * @return a changed copy
     * @throws IllegalArgumentException if the value is out of bounds
     */
    public RedisRoomStateStore keepFor(Duration value) {
        Settings.check("keepFor", value, Duration.ofMinutes(10), Duration.ofDays(3_650));
        return new RedisRoomStateStore(database, value);
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        Reply reply = database.state(Script.LOAD_STATE, room, epoch, keeping.toMillis());
        return switch (reply.word()) {
            case "FENCED" -> new Loaded.Fenced();
            case "EMPTY" -> new Loaded.Empty();
            case "FOUND" -> new Loaded.Found(reply.bytes(3), new Epoch(Long.parseLong(reply.text(1))), reply.flag(2));
            default -> throw reply.unexpected();
        };
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        RoomStateStore.checkSize(state);
        // Shifted so that it has no sign: the script compares digits.
        String shifted = Long.toUnsignedString(version ^ Long.MIN_VALUE);
        return !database.state(Script.SAVE_STATE, room, epoch, keeping.toMillis(), shifted, state)
                .word()
                .equals("FENCED");
    }

    @Override
    public boolean delete(RoomId room, Epoch epoch) {
        return !database.state(Script.DELETE_STATE, room, epoch, keeping.toMillis())
                .word()
                .equals("FENCED");
    }
}
