package io.roomrouting.jdbc;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several messages that are added to a history in one transaction. As that begins with the lock that every append takes, nobody
 * adds one of the same ids meanwhile.
 */
final class HistoryBatch {

    private final RoomId room;
    private final Epoch epoch;
    private final List<NewMessage> messages;
    private final int keepNewest;

    HistoryBatch(RoomId room, Epoch epoch, List<NewMessage> messages, int keepNewest) {
        this.room = room;
        this.epoch = epoch;
        this.messages = List.copyOf(messages);
        this.keepNewest = keepNewest;
    }

    /** Nothing if the history has not begun, or the caller is fenced. */
    Optional<List<AppendResult>> append(Call call) throws SQLException {
        Optional<End> end = call.first(HistorySql.LOCK, End::read, epoch.value(), room.value(), epoch.value());
        return end.isPresent() ? Optional.of(appendBehind(end.get(), call)) : Optional.empty();
    }

    private List<AppendResult> appendBehind(End end, Call call) throws SQLException {
        Map<String, HistoryMessage> kept = keptAlready(call);
        List<AppendResult> results = new ArrayList<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        long number = end.number();
        for (NewMessage message : messages) {
            HistoryMessage earlier = kept.get(message.id());
            if (earlier != null) {
                results.add(new AppendResult.Kept(earlier, true));
                continue;
            }
            byte[] content = message.content().clone();
            HistoryMessage added = new HistoryMessage(++number, message.id(), end.now(), content);
            kept.put(message.id(), added);
            results.add(new AppendResult.Kept(added, false));
            rows.add(new @Nullable Object[] {
                room.value(), number, message.id(), end.now().toEpochMilli(), content
            });
        }
        call.updateAll(HistorySql.APPEND_AT, rows);
        advance(call, end.number(), number);
        return results;
    }

    private Map<String, HistoryMessage> keptAlready(Call call) throws SQLException {
        String[] ids = messages.stream().map(NewMessage::id).toArray(String[]::new);
        Map<String, HistoryMessage> kept = new HashMap<>();
        for (HistoryMessage message : call.all(HistorySql.BY_IDS, JdbcMessageHistory::message, ids, room.value())) {
            kept.put(message.id(), message);
        }
        return kept;
    }

    private void advance(Call call, long from, long to) throws SQLException {
        if (from == to) {
            return;
        }
        call.update(HistorySql.ADVANCE, to, room.value());
        if (from / JdbcMessageHistory.TRIM_EVERY != to / JdbcMessageHistory.TRIM_EVERY) {
            call.update(HistorySql.TRIM, room.value(), to - keepNewest);
        }
    }

    /** The end of a history, to which messages are added. */
    private record End(long number, Instant now) {
        static End read(ResultSet row) throws SQLException {
            return new End(row.getLong(1), Instant.ofEpochMilli(row.getLong(2)));
        }
    }
}
