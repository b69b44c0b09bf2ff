package io.roomrouting.jdbc;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The messages of rooms, in the order in which they were appended, each with its number.
 *
 * <p><b>Fencing.</b> The history of a room takes messages from its newest owner only: an append under an older epoch than one
 * that was seen in {@link #open}, {@link #append} or {@link #forget} is refused. A new owner opens before it reads, so that
 * nothing is added behind its back.
 *
 * <p><b>Once.</b> A message has an id that its sender gave to it. Appending it again, because nobody knows whether the first
 * attempt took effect, changes nothing and returns the message as it was, as long as it is kept.
 *
 * <p><b>Bounds.</b> The newest messages of each room, by number and by age; what exceeds them is no longer returned, and is
 * removed in passing.
 *
 * <p>Errors as {@link JdbcDatabase} says. Nothing to close. Thread-safe; every call blocks: from a room use its blocking work.
 */
public final class JdbcMessageHistory {

    /** The largest content of a message: 256 KiB. */
    public static final int MAX_CONTENT_BYTES = 256 * 1024;

    /** The longest id of a message. */
    public static final int MAX_ID_LENGTH = 200;

    /** The largest page. */
    public static final int MAX_PAGE = 1_000;

    /** How many messages can be appended at once. */
    public static final int MAX_BATCH = 1_000;

    /** Messages beyond the bound are removed so many at a time. */
    static final int TRIM_EVERY = 32;

    private final JdbcDatabase database;
    private final int keepNewest;
    private final Duration keepFor;
    private final Turns turns;

    JdbcMessageHistory(JdbcMessageHistoryBuilder builder) {
        database = builder.database;
        keepNewest = builder.keepNewest;
        keepFor = builder.keepFor;
        turns = new Turns(HistoryAge.INTERVAL, call -> HistoryAge.removeOlderThan(call, keepFor));
    }

    /**
     * Opens a history with all defaults.
     *
     * @param database where it is kept
     * @return the history
     */
    public static JdbcMessageHistory in(JdbcDatabase database) {
        return builder(database).build();
    }

    /**
     * Starts to describe a history.
     *
     * @param database where it is kept
     * @return a builder with all defaults
     */
    public static JdbcMessageHistoryBuilder builder(JdbcDatabase database) {
        return new JdbcMessageHistoryBuilder(database);
    }

    /**
     * Takes over the history of a room: from now on no older owner adds to it.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @return false if a newer epoch has been seen: the caller owns the room no more
     * @throws RoutingException.Unavailable if the database is out of reach
     */
    public boolean open(RoomId room, Epoch epoch) {
        return database.run(call -> open(call, room, epoch));
    }

    private static boolean open(Call call, RoomId room, Epoch epoch) throws SQLException {
        while (true) {
            boolean opened = call.update(HistorySql.OPEN, epoch.value(), room.value(), epoch.value()) == 1;
            if (opened || call.insert(HistorySql.BEGIN, room.value(), epoch.value())) {
                return true;
            }
            Optional<Long> newest = call.first(HistorySql.NEWEST_EPOCH, row -> row.getLong(1), room.value());
            if (newest.isPresent() && newest.get() > epoch.value()) {
                return false;
            }
        }
    }

    /**
     * Adds a message at the end, unless one with its id is kept already.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @param id what its sender calls it, unique in the room: 1 to 200 characters
     * @param content at most 256 KiB; copied
     * @return the message as it is kept, or that the caller owns the room no more
     * @throws RoutingException.InvalidRequest if the id or the content is too long
     * @throws RoutingException.Unavailable if the database is out of reach; it is then not known whether the message is kept,
     *     and appending it again is safe
     */
    public AppendResult append(RoomId room, Epoch epoch, String id, byte[] content) {
        checkMessage(id, content);
        byte[] copy = content.clone();
        AppendResult end = database.run(call -> {
            while (true) {
                Optional<AppendResult> result = tryAppend(call, room, epoch, id, copy);
                if (result.isPresent()) {
                    return result.get();
                }
            }
        });
        turns.take(database);
        return end;
    }

    /**
     * Adds messages at the end, in their order, each unless one with its id is kept already. All of them or none: this is one
     * transaction, and as dear as {@link #append} for one message.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @param messages at most 1,000
     * @return for each of them what {@link #append} would return; either all or none is {@link AppendResult.Fenced}
     * @throws RoutingException.InvalidRequest if there are too many, or an id or a content is too long; nothing was changed
     * @throws RoutingException.Unavailable if the database is out of reach; it is then not known whether the messages are
     *     kept, and appending them again is safe
     */
    public List<AppendResult> appendAll(RoomId room, Epoch epoch, List<NewMessage> messages) {
        if (messages.size() > MAX_BATCH) {
            throw RoutingException.invalid("at most " + MAX_BATCH + " messages are appended at once");
        }
        messages.forEach(message -> checkMessage(message.id(), message.content()));
        if (messages.isEmpty()) {
            return List.of();
        }
        HistoryBatch batch = new HistoryBatch(room, epoch, messages, keepNewest);
        List<AppendResult> ends = database.run(call -> {
            while (true) {
                Optional<List<AppendResult>> results = call.atomically(batch::append);
                if (results.isPresent()) {
                    return results.get();
                }
                if (!open(call, room, epoch)) {
                    return Collections.nCopies(messages.size(), new AppendResult.Fenced());
                }
            }
        });
        turns.take(database);
        return ends;
    }

    private static void checkMessage(String id, byte[] content) {
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw RoutingException.invalid("a message's id is 1 to " + MAX_ID_LENGTH + " characters");
        }
        if (content.length > MAX_CONTENT_BYTES) {
            throw RoutingException.invalid("a message has at most " + MAX_CONTENT_BYTES + " bytes");
        }
    }

    private Optional<AppendResult> tryAppend(Call call, RoomId room, Epoch epoch, String id, byte[] content)
            throws SQLException {
        try {
            Optional<HistoryMessage> added = call.atomically(locked -> add(locked, room, epoch, id, content));
            if (added.isPresent()) {
                return Optional.of(new AppendResult.Kept(added.get(), false));
            }
            return open(call, room, epoch) ? Optional.empty() : Optional.of(new AppendResult.Fenced());
        } catch (SQLException e) {
            if (!SqlFailures.isDuplicateKey(e)) {
                throw e;
            }
            return call.first(HistorySql.BY_ID, JdbcMessageHistory::message, room.value(), id)
                    .map(kept -> new AppendResult.Kept(kept, true));
        }
    }

    /** Nothing if the history has not begun, or the caller is fenced. */
    private Optional<HistoryMessage> add(Call call, RoomId room, Epoch epoch, String id, byte[] content)
            throws SQLException {
        Optional<Long> next =
                call.first(HistorySql.NEXT_NUMBER, row -> row.getLong(1), epoch.value(), room.value(), epoch.value());
        if (next.isEmpty()) {
            return Optional.empty();
        }
        long number = next.get();
        Optional<HistoryMessage> added = call.first(
                HistorySql.APPEND,
                row -> new HistoryMessage(number, id, Instant.ofEpochMilli(row.getLong(1)), content.clone()),
                room.value(),
                number,
                id,
                content);
        if (number % TRIM_EVERY == 0) {
            call.update(HistorySql.TRIM, room.value(), number - keepNewest);
        }
        return added;
    }

    /**
     * Returns the newest messages.
     *
     * @param room the room
     * @param count how many at most, 1 to 1,000
     * @return the last page; empty for a room without history
     * @throws RoutingException.InvalidRequest if the count is out of bounds
     * @throws RoutingException.Unavailable if the database is out of reach
     */
    public HistoryPage newest(RoomId room, int count) {
        return before(room, Long.MAX_VALUE, count);
    }

    /**
     * Returns the messages before one.
     *
     * @param room the room
     * @param cursor a {@link HistoryPage#before}, or the {@link HistoryMessage#number} of a message
     * @param count how many at most, 1 to 1,000
     * @return the page before the cursor
     * @throws RoutingException.InvalidRequest if the count is out of bounds
     * @throws RoutingException.Unavailable if the database is out of reach
     */
    public HistoryPage before(RoomId room, long cursor, int count) {
        if (count < 1 || count > MAX_PAGE) {
            throw RoutingException.invalid("a page has 1 to " + MAX_PAGE + " messages");
        }
        List<HistoryMessage> found = new ArrayList<>(database.run(call -> call.all(
                HistorySql.BEFORE,
                JdbcMessageHistory::message,
                room.value(),
                cursor,
                room.value(),
                keepNewest,
                keepFor.toMillis(),
                count + 1)));
        boolean more = found.size() > count;
        List<HistoryMessage> page = new ArrayList<>(found.subList(0, more ? count : found.size()));
        Collections.reverse(page);
        return new HistoryPage(page, more ? OptionalLong.of(page.get(0).number()) : OptionalLong.empty());
    }

    /**
     * Removes the messages of a room that was closed for good. Older owners stay fenced, by a small row that
     * {@link #prune} removes.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @return false if a newer epoch has been seen: the caller owns the room no more, and nothing was changed
     * @throws RoutingException.Unavailable if the database is out of reach
     */
    public boolean forget(RoomId room, Epoch epoch) {
        return database.run(call -> {
            boolean owned = open(call, room, epoch);
            if (owned) {
                call.update(HistorySql.REMOVE_ALL, room.value());
            }
            return owned;
        });
    }

    /**
     * Removes the rows of rooms that have no messages and were not opened for so long. A former owner that wakes after that
     * time would not be fenced: be generous. Removes at most 1,000; call again for more.
     *
     * @param olderThan how long ago, by the database's clock; 10 min to 10 years
     * @return how many were removed
     * @throws IllegalArgumentException if the time is out of bounds
     * @throws RoutingException.Unavailable if the database is out of reach
     */
    public int prune(Duration olderThan) {
        Settings.check("olderThan", olderThan, Duration.ofMinutes(10), Duration.ofDays(3_650));
        return database.run(call -> HistoryAge.removeEmptyOlderThan(call, olderThan));
    }

    static HistoryMessage message(ResultSet row) throws SQLException {
        return new HistoryMessage(
                row.getLong("number"),
                row.getString("message_id"),
                Instant.ofEpochMilli(row.getLong("written_at")),
                row.getBytes("content"));
    }
}
