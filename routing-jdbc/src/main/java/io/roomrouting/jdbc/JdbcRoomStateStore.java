package io.roomrouting.jdbc;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.session.RoomStateStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps rooms in a database, for all hosts that share it. A call is one statement, the fence included; a second one is needed
 * where a room is new or a call comes too late.
 *
 * <p>A deleted room leaves a small row as its fence until {@link #prune}. Errors as {@link JdbcDatabase} says; after one it is
 * not known whether the call took effect, and calling again under the same epoch is safe: of a load that was made twice
 * the second says at worst that the state was touched. Nothing to close. Thread-safe; every call blocks.
 */
public final class JdbcRoomStateStore implements RoomStateStore {

    private static final Duration YOUNGEST_FENCE = Duration.ofMinutes(10);
    private static final Duration OLDEST_FENCE = Duration.ofDays(3_650);
    private static final int ROWS = 1_000;

    private final JdbcDatabase database;

    private JdbcRoomStateStore(JdbcDatabase database) {
        this.database = database;
    }

    /**
     * Opens a store.
     *
     * @param database where the states are kept
     * @return the store
     */
    public static JdbcRoomStateStore in(JdbcDatabase database) {
        return new JdbcRoomStateStore(database);
    }

    @Override
    public Loaded load(RoomId room, Epoch epoch) {
        long own = epoch.value();
        return database.run(call -> {
            while (true) {
                Optional<Loaded> loaded =
                        call.first(StateSql.LOAD, JdbcRoomStateStore::loaded, own, own, room.value(), own);
                if (loaded.isPresent()) {
                    return loaded.get();
                }
                switch (begin(call, room, epoch, new StateRow(own, "O", 0, 0), 1, null)) {
                    case BEGUN -> {
                        return new Loaded.Empty();
                    }
                    case FENCED -> {
                        return new Loaded.Fenced();
                    }
                    case OVERTAKEN, CHANGED -> {}
                }
            }
        });
    }

    private static Loaded loaded(ResultSet row) throws SQLException {
        if (!row.getString("stage").equals("S")) {
            return new Loaded.Empty();
        }
        return new Loaded.Found(row.getBytes("state"), new Epoch(row.getLong("saved_under")), row.getInt("loads") == 1);
    }

    @Override
    public boolean save(RoomId room, Epoch epoch, long version, byte[] state) {
        RoomStateStore.checkSize(state);
        long own = epoch.value();
        return database.run(call -> {
            while (true) {
                int saved = call.update(
                        StateSql.SAVE, own, own, version, state, room.value(), own, own, version, own, version);
                Beginning end = saved == 1
                        ? Beginning.BEGUN
                        : begin(call, room, epoch, new StateRow(own, "S", own, version), 0, state);
                if (end != Beginning.CHANGED) {
                    return end != Beginning.FENCED;
                }
            }
        });
    }

    @Override
    public boolean delete(RoomId room, Epoch epoch) {
        long own = epoch.value();
        return database.run(call -> {
            while (true) {
                int deleted = call.update(StateSql.DELETE, own, Long.MAX_VALUE, room.value(), own);
                Beginning end = deleted == 1
                        ? Beginning.BEGUN
                        : begin(call, room, epoch, new StateRow(own, "C", 0, Long.MAX_VALUE), 0, null);
                if (end == Beginning.BEGUN || end == Beginning.FENCED) {
                    return end == Beginning.BEGUN;
                }
            }
        });
    }

    /**
     * Removes the fences of rooms that were deleted, or opened and never saved, longer ago than this; from then on every
     * epoch up to the newest of them is fenced for all rooms that the store does not know. A room that is still open and has
     * saved nothing for so long may lose the right to save: be generous. Removes at most 1,000; call again for more.
     *
     * @param olderThan how long ago, by the database's clock; 10 min to 10 years
     * @return how many were removed
     * @throws IllegalArgumentException if the time is out of bounds
     * @throws io.roomrouting.RoutingException.Unavailable if the database is out of reach
     */
    public int prune(Duration olderThan) {
        Settings.check("olderThan", olderThan, YOUNGEST_FENCE, OLDEST_FENCE);
        return database.run(call -> call.atomically(batch -> {
            List<Fence> old = batch.all(StateSql.OLD_FENCES, Fence::read, olderThan.toMillis(), ROWS);
            batch.update(
                    StateSql.RAISE_FLOOR,
                    old.stream().mapToLong(Fence::newest).max().orElse(0));
            int removed = 0;
            for (Fence fence : old) {
                removed += batch.update(StateSql.FORGET, fence.room(), fence.newest(), olderThan.toMillis());
            }
            return removed;
        }));
    }

    /** What came of a call that changed no row. */
    private enum Beginning {
        /** There was none, and now there is. */
        BEGUN,
        /** A newer epoch has been seen. */
        FENCED,
        /** A later state of the same ownership is kept. */
        OVERTAKEN,
        /** Somebody else was faster: look again. */
        CHANGED
    }

    /** Looks before it inserts, because the insertion compares with the floor only, not with a row that is being removed. */
    private static Beginning begin(
            Call call, RoomId room, Epoch epoch, StateRow first, int loads, byte @Nullable [] state)
            throws SQLException {
        Optional<StateRow> found = call.first(StateSql.LOOK, StateRow::read, room.value());
        if (found.isPresent()) {
            return found.get().fences(epoch)
                    ? Beginning.FENCED
                    : found.get().hasOvertaken(epoch, first.version()) ? Beginning.OVERTAKEN : Beginning.CHANGED;
        }
        boolean begun = call.insert(
                StateSql.INSERT,
                room.value(),
                first.newest(),
                first.stage(),
                first.savedUnder(),
                first.version(),
                loads,
                state,
                epoch.value());
        return begun ? Beginning.BEGUN : isBelowFloor(call, epoch) ? Beginning.FENCED : Beginning.CHANGED;
    }

    private static boolean isBelowFloor(Call call, Epoch epoch) throws SQLException {
        return epoch.value()
                <= call.first(StateSql.FLOOR, row -> row.getLong(1)).orElse(Long.MAX_VALUE);
    }

    /** A row without a state. */
    private record Fence(String room, long newest) {
        static Fence read(ResultSet row) throws SQLException {
            return new Fence(row.getString(1), row.getLong(2));
        }
    }
}
