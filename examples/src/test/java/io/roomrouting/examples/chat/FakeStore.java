package io.roomrouting.examples.chat;

import io.roomrouting.Epoch;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store of one room, which goes out of reach when it is told to, before or after it has done what was asked. */
final class FakeStore implements ChatStore {

    enum Mood {
        WELL,
        AWAY,
        /** Does what it is asked, and then loses the connection. */
        SILENT
    }

    private final Map<String, ChatMessage> byDraft = new LinkedHashMap<>();
    private final List<Integer> batches = new ArrayList<>();
    private long newestEpoch;
    private int lookUps;
    private Mood mood = Mood.WELL;

    void is(Mood value) {
        mood = value;
    }

    /** How many messages were appended at once, call by call. */
    List<Integer> batches() {
        return List.copyOf(batches);
    }

    int takeOvers() {
        return lookUps;
    }

    List<String> texts() {
        return byDraft.values().stream().map(ChatMessage::text).toList();
    }

    void fenceUpTo(long epoch) {
        newestEpoch = epoch;
    }

    @Override
    public Optional<ChatPage> takeOver(RoomId room, Epoch epoch, int newest) {
        lookUps++;
        if (mood != Mood.WELL) {
            throw away();
        }
        if (epoch.value() < newestEpoch) {
            return Optional.empty();
        }
        newestEpoch = epoch.value();
        return Optional.of(page(room, Optional.empty(), newest));
    }

    @Override
    public Optional<List<ChatMessage>> appendAll(RoomId room, Epoch epoch, List<ChatDraft> drafts) {
        if (mood == Mood.AWAY) {
            throw away();
        }
        if (epoch.value() < newestEpoch) {
            return Optional.empty();
        }
        batches.add(drafts.size());
        List<ChatMessage> kept = drafts.stream()
                .map(draft -> byDraft.computeIfAbsent(draft.id(), id -> next(draft)))
                .toList();
        if (mood == Mood.SILENT) {
            throw away();
        }
        return Optional.of(kept);
    }

    private ChatMessage next(ChatDraft draft) {
        return new ChatMessage(Integer.toString(byDraft.size() + 1), draft.username(), draft.text(), Instant.EPOCH);
    }

    @Override
    public ChatPage page(RoomId room, Optional<String> before, int count) {
        if (mood != Mood.WELL) {
            throw away();
        }
        List<ChatMessage> all = List.copyOf(byDraft.values());
        int end = before.map(cursor -> Integer.parseInt(cursor) - 1).orElse(all.size());
        int start = Math.max(0, end - count);
        List<ChatMessage> messages = all.subList(start, end);
        return new ChatPage(messages, start > 0 ? messages.get(0).id() : null);
    }

    private static RoutingException away() {
        return RoutingException.unavailable(
                ErrorCode.REGISTRY_UNAVAILABLE, "the database is out of reach", Duration.ofSeconds(1));
    }
}
