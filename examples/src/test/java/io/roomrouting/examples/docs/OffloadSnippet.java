package io.roomrouting.examples.docs;

import io.roomrouting.session.Event;
import io.roomrouting.session.Room;
import io.roomrouting.session.RoomHandler;
import io.roomrouting.session.Session;

/** How a room stores something before it tells anybody. */
final class OffloadSnippet implements RoomHandler {

    /** A store that may take its time. */
    interface Notes {
        String save(String author, String text);
    }

    private final Room room;
    private final Notes notes;

    OffloadSnippet(Room room, Notes notes) {
        this.room = room;
        this.notes = notes;
    }

    // tag::offload[]
    @Override
    public void onEvent(Session session, Event event) {
        String text = event.data(String.class);
        room.offload(
                () -> notes.save(session.user().value(), text), // on a thread that may block
                note -> room.broadcast("note_saved", note), // back in the room
                failure -> event.fail("INTERNAL_ERROR", "the note could not be saved"));
    }
    // end::offload[]
}
