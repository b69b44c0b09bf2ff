package io.roomrouting.examples.chat;

import io.roomrouting.Epoch;
import io.roomrouting.RoomId;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what is said in rooms, outside of their hosts, and takes messages from each room's newest owner only. The ids of its
 * messages are decimal numbers that grow by one from message to message of a room.
 *
 * <p>Thread-safe. Every call may block, and may throw {@link io.roomrouting.RoutingException.Unavailable} when the store is
 * out of reach.
 */
public interface ChatStore {

    /**
     * Takes over a room: from now on no older owner adds to it. What an older owner was adding is added now, or never.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @param newest how many messages to return at most
     * @return the newest messages; empty if a newer owner has been seen
     */
    Optional<ChatPage> takeOver(RoomId room, Epoch epoch, int newest);

    /**
     * Adds messages at the end, all of them or none, except those that are there already. When it throws it is not known
     * whether they are there; adding them again is safe.
     *
     * @param room the room
     * @param epoch the ownership of the caller
     * @param drafts at most 1,000
     * @return each as it is in the store; empty if a newer owner has been seen
     */
    Optional<List<ChatMessage>> appendAll(RoomId room, Epoch epoch, List<ChatDraft> drafts);

    /**
     * Reads backwards. Anybody may, not only the room's owner.
     *
     * @param room the room
     * @param before a cursor or the id of any message, or nothing for the newest messages
     * @param count how many at most, 1 to 1,000
     * @return the page before it
     * @throws io.roomrouting.RoutingException.InvalidRequest if the cursor is none
     */
    ChatPage page(RoomId room, Optional<String> before, int count);
}
