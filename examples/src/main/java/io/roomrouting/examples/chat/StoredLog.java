package io.roomrouting.examples.chat;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.session.Room;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages in a {@link ChatStore}: each is stored before it is acknowledged or shown. While some are being stored the next ones
 * gather, and are then stored together.
 *
 * <p>When storing fails, nobody knows what has become of the messages. Their senders are told so, and the log takes the room
 * over anew, which settles it: what turns out to be stored is shown before anything else is. While the store is out of reach,
 * new messages are refused and the room goes on.
 */
final class StoredLog implements ChatLog {

    static final int MAX_WAITING = 2_000;
    static final int MAX_READS = 32;
    static final Duration RETRY = Duration.ofSeconds(1);

    /** So many are stored at once. After a failure so many may turn out to be stored, which is why as many are read. */
    static final int MAX_BATCH = 250;

    private static final Logger LOG = LoggerFactory.getLogger(StoredLog.class);
    private static final long NOTHING = -1;

    private enum Phase {
        /** The room is being taken over. */
        OPENING,
        /** Nothing is being stored. */
        READY,
        /** Some messages are being stored. */
        STORING,
        /** The store was out of reach; soon it is tried again. */
        AWAY,
        /** Another host owns the room. */
        MOVED
    }

    private final Room room;
    private final ChatStore store;
    private final MessageHistory newest = new MessageHistory(MAX_BATCH);
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final List<Runnable> newcomers = new ArrayList<>();
    private Consumer<ChatMessage> shown = message -> {};
    private Phase phase = Phase.OPENING;
    private List<Waiting> underWay = List.of();
    private boolean known;
    private boolean outageTold;

    /** The number of the last message that is in {@link #newest}. */
    private long lastRead;

    /** The number of the last message that was shown to who is here; what they do not miss while it is nothing. */
    private long lastShown = NOTHING;

    private int reads;

    /** A message, and who wants to know what becomes of it. */
    private record Waiting(ChatDraft draft, Consumer<ChatMessage> kept, Consumer<Refusal> refused) {}

    StoredLog(Room room, ChatStore store) {
        this.room = room;
        this.store = store;
    }

    @Override
    public void open(Consumer<ChatMessage> toWhoIsHere) {
        shown = toWhoIsHere;
        takeOver();
    }

    private void takeOver() {
        phase = Phase.OPENING;
        room.offload(() -> store.takeOver(room.id(), room.epoch(), MAX_BATCH), this::tookOver, this::storeIsOutOfReach);
    }

    private void tookOver(Optional<ChatPage> page) {
        if (page.isEmpty()) {
            moved();
            return;
        }
        if (outageTold) {
            outageTold = false;
            LOG.info("Messages of room {} can be stored again", room.id());
        }
        page.get().messages().forEach(this::take);
        lastShown = Math.max(lastShown, lastRead);
        known = true;
        phase = Phase.READY;
        newcomers.forEach(Runnable::run);
        newcomers.clear();
        storeNext();
    }

    private void take(ChatMessage message) {
        long number = Long.parseLong(message.id());
        if (number > lastRead) {
            newest.add(message, message.id());
            lastRead = number;
        }
        if (lastShown != NOTHING && number > lastShown) {
            shown.accept(message);
            lastShown = number;
        }
    }

    @Override
    public void add(ChatDraft draft, Consumer<ChatMessage> kept, Consumer<Refusal> refused) {
        if (phase == Phase.AWAY) {
            refused.accept(Refusal.STORE_AWAY);
        } else if (phase == Phase.MOVED) {
            refused.accept(Refusal.MOVED);
        } else if (waiting.size() == MAX_WAITING) {
            refused.accept(Refusal.TOO_MUCH);
        } else {
            waiting.add(new Waiting(draft, kept, refused));
            storeNext();
        }
    }

    private void storeNext() {
        if (phase != Phase.READY || waiting.isEmpty()) {
            return;
        }
        phase = Phase.STORING;
        underWay = takeBatch();
        List<ChatDraft> drafts = underWay.stream().map(Waiting::draft).toList();
        room.offload(() -> store.appendAll(room.id(), room.epoch(), drafts), this::stored, this::notStored);
    }

    private List<Waiting> takeBatch() {
        List<Waiting> batch = new ArrayList<>();
        while (!waiting.isEmpty() && batch.size() < MAX_BATCH) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void stored(Optional<List<ChatMessage>> messages) {
        if (messages.isEmpty()) {
            moved();
            return;
        }
        List<Waiting> batch = underWay;
        underWay = List.of();
        phase = Phase.READY;
        for (int i = 0; i < batch.size(); i++) {
            ChatMessage message = messages.get().get(i);
            take(message);
            batch.get(i).kept().accept(message);
        }
        storeNext();
    }

    private void notStored(Exception failure) {
        tellOutage(failure);
        refuse(underWay, Refusal.STORE_AWAY);
        underWay = List.of();
        takeOver();
    }

    private void storeIsOutOfReach(Exception failure) {
        tellOutage(failure);
        phase = Phase.AWAY;
        refuseWaiting(Refusal.STORE_AWAY);
        room.schedule(RETRY, this::takeOver);
    }

    private void tellOutage(Exception failure) {
        if (!outageTold) {
            outageTold = true;
            LOG.warn("Messages of room {} cannot be stored now: {}", room.id(), failure.getMessage(), failure);
        }
    }

    /** The host will notice by itself; until then nobody is told that a message was taken. */
    private void moved() {
        phase = Phase.MOVED;
        refuse(underWay, Refusal.MOVED);
        underWay = List.of();
        refuseWaiting(Refusal.MOVED);
    }

    private void refuseWaiting(Refusal why) {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        refuse(all, why);
    }

    private static void refuse(List<Waiting> messages, Refusal why) {
        messages.forEach(message -> message.refused().accept(why));
    }

    @Override
    public void page(Optional<String> before, int count, Consumer<ChatPage> then, Consumer<Refusal> refused) {
        if (before.isPresent()) {
            read(before, count, then, refused);
        } else if (!known) {
            newcomers.add(() -> then.accept(newest.newest(count)));
        } else {
            then.accept(newest.newest(count));
        }
    }

    private void read(Optional<String> before, int count, Consumer<ChatPage> then, Consumer<Refusal> refused) {
        if (reads == MAX_READS) {
            refused.accept(Refusal.TOO_MUCH);
            return;
        }
        reads++;
        room.offload(
                () -> store.page(room.id(), before, count),
                page -> {
                    reads--;
                    then.accept(page);
                },
                failure -> {
                    reads--;
                    refused.accept(Refusal.of(failure));
                });
    }

    @Override
    public byte[] snapshot() {
        List<ChatDraft> unsaved = Stream.concat(underWay.stream(), waiting.stream())
                .map(Waiting::draft)
                .toList();
        return KeptDrafts.write(lastShown, unsaved);
    }

    /** What was being stored when the room moved is stored here; those who wait for an answer ask again. */
    @Override
    public void restore(JsonNode state) {
        if (room.sessions().isEmpty()) {
            // The earlier host was lost, and its last state is old: what it had not stored was never acknowledged.
            return;
        }
        KeptDrafts kept = KeptDrafts.read(state);
        lastShown = kept.lastShown();
        kept.unsaved().forEach(draft -> waiting.add(new Waiting(draft, message -> {}, refusal -> {})));
    }
}
