package io.roomrouting.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.examples.chat.FakeStore.Mood;
import io.roomrouting.jackson.JacksonPayloadCodec;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionLimits;
import io.roomrouting.testkit.RoomTester;
import io.roomrouting.testkit.TestClient;
import io.roomrouting.testkit.TestReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A chat room whose messages are kept elsewhere. */
class StoredChatTest {

    private final FakeStore store = new FakeStore();
    private final RoomTester room = RoomTester.builder(ChatRoom.storing(store, ChatDialect.PAGES))
            .payloads(new JacksonPayloadCodec())
            .limits(SessionLimits.defaults().withEvents(1_000_000, 1_000_000))
            .open();

    @AfterEach
    void nothingElseHappened() {
        room.close();
    }

    @Test
    void aMessageIsStoredBeforeItIsShownOrAcknowledged() {
        TestClient alice = joined("alice");
        TestClient bob = joined("bob");
        alice.skipAll();
        room.holdOffloaded();

        TestReply reply = alice.sendForReply("send_message", Map.of("text", "hello"));

        assertThat(reply.hasCome()).isFalse();
        bob.expectNothing();
        room.runOffloaded();
        ChatMessage message = bob.expect("new_message").data(ChatMessage.class);
        assertThat(message.text()).isEqualTo("hello");
        assertThat(alice.expect("new_message").data(ChatMessage.class)).isEqualTo(message);
        assertThat(reply.data(Receipt.class)).isEqualTo(new Receipt(true, message.id()));
    }

    @Test
    void whileSomeAreBeingStoredTheNextGather() {
        TestClient alice = joined("alice");
        room.holdOffloaded();
        List<TestReply> replies = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            replies.add(say(alice, "m" + i));
        }

        while (room.runOffloaded() > 0) {
            assertThat(store.batches()).isNotEmpty();
        }

        assertThat(store.batches()).containsExactly(1, 250, 250, 99);
        for (int i = 0; i < 600; i++) {
            assertThat(alice.expect("new_message").data(ChatMessage.class).text())
                    .isEqualTo("m" + i);
        }
        replies.forEach(TestReply::expect);
    }

    @Test
    void whoSaysTooMuchAtOnceIsToldSo() {
        TestClient alice = joined("alice");
        room.holdOffloaded();
        say(alice, "under way");
        IntStream.range(0, StoredLog.MAX_WAITING).forEach(i -> alice.send("send_message", Map.of("text", "m" + i)));

        TestReply tooMuch = say(alice, "too much");

        tooMuch.expectError("OVERLOADED");
        while (room.runOffloaded() > 0) {
            alice.skipAll();
        }
        assertThat(store.texts()).hasSize(StoredLog.MAX_WAITING + 1).doesNotContain("too much");
        say(alice, "later");
        room.runOffloaded();
        alice.skipAll();
        assertThat(store.texts()).endsWith("later");
    }

    @Test
    void aMessageSentAgainIsConfirmedAndNotRepeated() {
        TestClient alice = joined("alice");
        room.holdOffloaded();
        TestReply first = say(alice, "hello", "1");
        TestReply whileTheFirstIsBeingStored = say(alice, "hello", "1");
        TestReply another = say(alice, "hello", "2");
        TestReply inTheSameBatch = say(alice, "hello", "2");
        room.runOffloaded();
        room.runOffloaded();
        TestReply later = say(alice, "another text", "1");
        room.runOffloaded();

        Receipt receipt = first.data(Receipt.class);
        assertThat(whileTheFirstIsBeingStored.data(Receipt.class)).isEqualTo(receipt);
        assertThat(later.data(Receipt.class)).isEqualTo(receipt);
        assertThat(inTheSameBatch.data(Receipt.class)).isEqualTo(another.data(Receipt.class));
        expectShown(alice, "hello", "hello");
    }

    @Test
    void whileTheStoreIsOutOfReachSendingFailsAndTheRoomGoesOn() {
        TestClient alice = joined("alice");
        store.is(Mood.AWAY);

        assertThat(say(alice, "one", "1").expectError("UNAVAILABLE")).contains("clientId");
        say(alice, "two", "2").expectError("UNAVAILABLE");
        alice.sendForReply("load_history", Map.of("before", "1")).expectError("UNAVAILABLE");
        TestClient bob = room.join("bob");
        assertThat(bob.expect("message_history").data(ChatPage.class).messages())
                .isEmpty();
        bob.expect("online_users");
        alice.expect("user_joined");
        room.advance(StoredLog.RETRY);
        say(alice, "three", "3").expectError("UNAVAILABLE");

        store.is(Mood.WELL);
        room.advance(StoredLog.RETRY);

        say(alice, "one", "1").expect();
        expectShown(alice, "one");
        expectShown(bob, "one");
        assertThat(store.texts()).containsExactly("one");
    }

    @Test
    void aStoreThatIsAwayIsAskedOnceASecond() {
        TestClient alice = joined("alice");
        store.is(Mood.AWAY);
        room.advance(Duration.ofMinutes(1));
        assertThat(store.takeOvers()).as("nothing is to be stored").isEqualTo(1);

        say(alice, "hello").expectError("UNAVAILABLE");
        room.advance(StoredLog.RETRY.multipliedBy(10));

        assertThat(store.takeOvers()).isEqualTo(1 + 1 + 10);
        room.advance(Duration.ofMinutes(1));
    }

    @Test
    void whatTurnsOutToBeStoredIsShownOnceAndBeforeAnythingElse() {
        TestClient alice = joined("alice");
        TestClient bob = joined("bob");
        alice.skipAll();
        store.is(Mood.SILENT);
        say(alice, "stored?", "1").expectError("UNAVAILABLE");
        bob.expectNothing();

        store.is(Mood.WELL);
        room.holdOffloaded();
        room.advance(StoredLog.RETRY);
        TestReply retry = say(alice, "stored?", "1");
        TestReply next = say(alice, "next", "2");
        room.runOffloaded();
        room.runOffloaded();

        assertThat(retry.data(Receipt.class)).isEqualTo(new Receipt(true, "1"));
        assertThat(next.data(Receipt.class)).isEqualTo(new Receipt(true, "2"));
        expectShown(alice, "stored?", "next");
        expectShown(bob, "stored?", "next");
    }

    @Test
    void whoComesDuringAnOutageIsShownWhatTurnsOutToBeStored() {
        TestClient alice = joined("alice");
        store.is(Mood.SILENT);
        say(alice, "stored?").expectError("UNAVAILABLE");
        TestClient bob = room.join("bob");
        assertThat(texts(bob)).isEmpty();
        bob.skipAll();

        store.is(Mood.WELL);
        room.advance(StoredLog.RETRY);

        expectShown(bob, "stored?");
        alice.skipAll();
    }

    @Test
    void whoComesBeforeTheRoomKnowsItsHistoryGetsItOnceItDoes() {
        store.is(Mood.AWAY);
        TestClient alice = room.join("alice");
        alice.expect("online_users");
        TestClient bob = room.join("bob");
        bob.expect("online_users");
        alice.expect("user_joined");
        say(bob, "hello").expectError("UNAVAILABLE");
        bob.leave();
        alice.expect("user_left");

        store.is(Mood.WELL);
        room.advance(StoredLog.RETRY);

        assertThat(texts(alice)).isEmpty();
        say(alice, "hello").expect();
        alice.expect("new_message");
    }

    @Test
    void whatIsSaidWhileTheRoomOpensIsStoredAndShownAfterTheHistory() {
        room.holdOffloaded();
        TestClient alice = room.join("alice");
        TestReply reply = say(alice, "first");
        room.runOffloaded();
        room.runOffloaded();

        alice.expect("online_users");
        assertThat(texts(alice)).isEmpty();
        reply.expect();
        expectShown(alice, "first");
    }

    @Test
    void aRoomThatHasANewerOwnerAcknowledgesNothing() {
        TestClient alice = joined("alice");
        store.fenceUpTo(Long.MAX_VALUE);

        say(alice, "hello").expectError("NOT_OWNER");
        say(alice, "hello").expectError("NOT_OWNER");
        room.advance(Duration.ofMinutes(1));

        assertThat(store.texts()).isEmpty();
    }

    @Test
    void historyIsReadFromTheStore() {
        TestClient alice = joined("alice");
        IntStream.rangeClosed(1, 1_250).forEach(n -> alice.send("send_message", Map.of("text", "message " + n)));
        alice.skipAll();

        TestClient bob = room.join("bob");
        alice.skipAll();
        ChatPage newest = bob.expect("message_history").data(ChatPage.class);
        bob.skipAll();
        ChatPage page = newest;
        for (int older = 1; older < 12; older++) {
            page = olderPage(bob, String.valueOf(page.cursor()));
        }

        assertThat(newest.messages())
                .hasSize(100)
                .last()
                .extracting(ChatMessage::text)
                .isEqualTo("message 1250");
        assertThat(page.messages())
                .hasSize(100)
                .first()
                .extracting(ChatMessage::text)
                .isEqualTo("message 51");
        page = olderPage(bob, String.valueOf(page.cursor()));
        assertThat(page.messages()).hasSize(50);
        assertThat(page.cursor()).isNull();
        ChatMessage any = newest.messages().get(50);
        assertThat(olderPage(bob, any.id()).messages())
                .last()
                .extracting(ChatMessage::text)
                .isEqualTo("message 1200");
    }

    @Test
    void onlySomePagesAreReadAtOnce() {
        TestClient alice = joined("alice");
        say(alice, "hello").expect();
        alice.skipAll();
        room.holdOffloaded();

        List<TestReply> replies = IntStream.range(0, StoredLog.MAX_READS)
                .mapToObj(i -> alice.sendForReply("load_history", Map.of("before", "2")))
                .toList();
        alice.sendForReply("load_history", Map.of("before", "2")).expectError("OVERLOADED");
        room.runOffloaded();
        replies.forEach(TestReply::expect);

        TestReply again = alice.sendForReply("load_history", Map.of("before", "2"));
        room.runOffloaded();
        again.expect();
    }

    @Test
    void aRoomThatMovesWhileMessagesAreBeingStoredLosesNone() {
        TestClient alice = seated("alice");
        TestClient bob = seated("bob");
        say(alice, "before", "0").expect();
        alice.skipAll();
        bob.skipAll();
        room.holdOffloaded();
        TestReply stored = say(alice, "being stored", "1");
        say(alice, "waiting", "2");
        say(bob, "waiting too", "3");

        room.handOver();
        alice.expectClosed(LeaveReason.MOVED);
        bob.expectClosed(LeaveReason.MOVED);
        // The former host's storing ends before the next host takes over; nobody is there any more to show it.
        room.runOffloaded();
        assertThat(stored.hasCome()).isFalse();
        assertThat(alice.comeBack()).isTrue();
        assertThat(bob.comeBack()).isTrue();
        TestReply repeated = say(alice, "waiting", "2");
        while (room.runOffloaded() > 0) {
            assertThat(store.texts()).startsWith("before", "being stored");
        }

        repeated.expect();
        assertThat(store.texts()).containsExactly("before", "being stored", "waiting", "waiting too");
        expectShown(alice, "being stored", "waiting", "waiting too");
        expectShown(bob, "being stored", "waiting", "waiting too");
    }

    @Test
    void whatTheFormerHostDidNotGetToStoreTheNextOneStores() {
        TestClient alice = seated("alice");
        room.holdOffloaded();
        say(alice, "being stored", "1");
        room.handOver();
        alice.expectClosed(LeaveReason.MOVED);
        failHeldWork();

        assertThat(alice.comeBack()).isTrue();
        room.runOffloaded();
        room.runOffloaded();

        expectShown(alice, "being stored");
    }

    @Test
    void whoComesWhileTheRoomCatchesUpIsToldEverythingOnce() {
        TestClient alice = seated("alice");
        room.holdOffloaded();
        say(alice, "stored before the move");
        room.handOver();
        alice.expectClosed(LeaveReason.MOVED);
        room.runOffloaded();
        assertThat(alice.comeBack()).isTrue();
        TestClient bob = room.joinWithSeat("bob");

        while (room.runOffloaded() > 0) {
            assertThat(store.texts()).hasSize(1);
        }

        alice.expect("user_joined");
        expectShown(alice, "stored before the move");
        bob.expect("online_users");
        assertThat(texts(bob)).containsExactly("stored before the move");
        bob.expectNothing();
    }

    @Test
    void whatGathersWhileTheStoreIsLookedForIsRefusedWhenItIsNotFound() {
        TestClient alice = joined("alice");
        room.holdOffloaded();
        TestReply underWay = say(alice, "under way");
        TestReply waiting = say(alice, "waiting");
        store.is(Mood.AWAY);

        room.runOffloaded();
        underWay.expectError("UNAVAILABLE");
        assertThat(waiting.hasCome()).isFalse();
        room.runOffloaded();

        waiting.expectError("UNAVAILABLE");
    }

    @Test
    void afterACrashNothingComesUpThatAnOldStateRemembers() {
        TestClient alice = seated("alice");
        room.holdOffloaded();
        say(alice, "never acknowledged", "1");
        room.advance(RoomSettings.defaults().saveInterval());
        room.crash();
        failHeldWork();

        assertThat(alice.comeBack()).isFalse();
        while (room.runOffloaded() > 0) {
            assertThat(store.takeOvers()).isPositive();
        }

        alice.expect("online_users");
        assertThat(texts(alice)).isEmpty();
        assertThat(store.texts()).isEmpty();
    }

    /** What the host that is gone had sent to the store does not arrive there. */
    private void failHeldWork() {
        store.is(Mood.AWAY);
        room.runOffloaded();
        store.is(Mood.WELL);
    }

    @Test
    void afterACrashEverythingThatWasAcknowledgedIsThereOnce() {
        TestClient alice = seated("alice");
        Receipt saved = say(alice, "saved with the room", "1").data(Receipt.class);
        room.advance(RoomSettings.defaults().saveInterval());
        Receipt acknowledged = say(alice, "acknowledged", "2").data(Receipt.class);
        store.is(Mood.SILENT);
        say(alice, "stored, but not acknowledged", "3").expectError("UNAVAILABLE");
        alice.skipAll();

        room.crash();
        store.is(Mood.WELL);
        assertThat(alice.comeBack()).isFalse();

        alice.expect("online_users");
        assertThat(texts(alice)).containsExactly("saved with the room", "acknowledged", "stored, but not acknowledged");
        alice.skipAll();
        assertThat(say(alice, "saved with the room", "1").data(Receipt.class)).isEqualTo(saved);
        assertThat(say(alice, "acknowledged", "2").data(Receipt.class)).isEqualTo(acknowledged);
        assertThat(say(alice, "stored, but not acknowledged", "3").data(Receipt.class))
                .isEqualTo(new Receipt(true, "3"));
        alice.expectNothing();
    }

    private static ChatPage olderPage(TestClient client, String before) {
        return client.sendForReply("load_history", Map.of("before", before)).data(ChatPage.class);
    }

    private TestClient joined(String user) {
        TestClient client = room.join(user);
        client.skipAll();
        return client;
    }

    private TestClient seated(String user) {
        TestClient client = room.joinWithSeat(user);
        client.skipAll();
        return client;
    }

    private static TestReply say(TestClient from, String text) {
        return from.sendForReply("send_message", Map.of("text", text));
    }

    private static TestReply say(TestClient from, String text, String clientId) {
        return from.sendForReply("send_message", Map.of("text", text, "clientId", clientId));
    }

    private static List<String> texts(TestClient newcomer) {
        return newcomer.expect("message_history").data(ChatPage.class).messages().stream()
                .map(ChatMessage::text)
                .toList();
    }

    private static void expectShown(TestClient client, String... texts) {
        for (String text : texts) {
            assertThat(client.expect("new_message").data(ChatMessage.class).text())
                    .isEqualTo(text);
        }
        client.expectNothing();
    }

    private record Receipt(boolean ok, String id) {}
}
