package io.roomrouting.testkit.sim;

import io.roomrouting.Epoch;
import io.roomrouting.HostIncarnation;
import io.roomrouting.RoomAssignment;
import io.roomrouting.RoomId;
import io.roomrouting.Ticket;
import java.util.List;

/** Something that the checks look at; its text is what people read. */
sealed interface Happening {

    /** A fault, or something else that is only for people. */
    record Fault(String what) implements Happening {
        @Override
        public String toString() {
            return "! " + what;
        }
    }

    /** The registry gave a room an owner. */
    record Granted(RoomAssignment assignment) implements Happening {
        @Override
        public String toString() {
            return "grants " + text(assignment);
        }
    }

    /** The registry took over what a host said that it holds. */
    record Adopted(RoomAssignment assignment) implements Happening {
        @Override
        public String toString() {
            return "takes over " + text(assignment);
        }
    }

    /** The registry gave a life of a host a lease. */
    record Joined(HostIncarnation host) implements Happening {
        @Override
        public String toString() {
            return "gives a lease to " + host;
        }
    }

    /** A room's handler began. */
    record Opened(Stay stay) implements Happening {
        @Override
        public String toString() {
            return stay + " opens";
        }
    }

    /** A room's handler ended. */
    record Closed(Stay stay, String reason) implements Happening {
        @Override
        public String toString() {
            return stay + " closes: " + reason;
        }
    }

    /** A host let a client in, while {@code life} was its life. */
    record Accepted(int connection, Ticket ticket, HostIncarnation life, String process) implements Happening {
        @Override
        public String toString() {
            return "lets connection " + connection + " in with " + ticket.id() + " for " + text(ticket.assignment());
        }
    }

    /** A host refused a client. */
    record Refused(int connection, String code) implements Happening {
        @Override
        public String toString() {
            return "refuses connection " + connection + ": " + code;
        }
    }

    /** A host knows that a connection that it had accepted has ended. */
    record Ended(int connection, String process) implements Happening {
        @Override
        public String toString() {
            return "knows the end of connection " + connection;
        }
    }

    /** A handler met a session; {@code number} is the room's newest message. */
    record Entered(Stay stay, String session, int connection, long number) implements Happening {
        @Override
        public String toString() {
            return stay + " onJoin of connection " + connection + " after " + number;
        }
    }

    /** A handler was told that a session is gone. */
    record Left(Stay stay, String session, int connection, long number, String reason) implements Happening {
        @Override
        public String toString() {
            return stay + " onLeave of connection " + connection + " after " + number + ": " + reason;
        }
    }

    /** A handler took a client's message. */
    record Handled(Stay stay, String session, int connection, String message, long number) implements Happening {
        @Override
        public String toString() {
            return stay + " handles " + message + " as " + number;
        }
    }

    /** A client was greeted, with the number of the room's newest message. */
    record Greeted(int connection, long number) implements Happening {
        @Override
        public String toString() {
            return "connection " + connection + " is greeted after " + number;
        }
    }

    /** A client got one of the room's messages. */
    record Received(int connection, long number) implements Happening {
        @Override
        public String toString() {
            return "connection " + connection + " receives " + number;
        }
    }

    /** A host has told a store to keep a room's state, and the store did, or refused. */
    record Saved(RoomId room, Epoch epoch, long version, long number, boolean taken) implements Happening {
        @Override
        public String toString() {
            return (taken ? "keeps " : "refuses ") + room + " at " + number + " under " + epoch + " version " + version;
        }
    }

    /** A store was told to forget a room's state, and did, or refused. */
    record Deleted(RoomId room, Epoch epoch, boolean taken) implements Happening {
        @Override
        public String toString() {
            return (taken ? "forgets " : "does not forget ") + room + " under " + epoch;
        }
    }

    /** A store was asked for a room's state; {@code number} is -1 if it refused, 0 if it has none. */
    record Loaded(RoomId room, Epoch epoch, long number) implements Happening {
        @Override
        public String toString() {
            return "is asked for " + room + " under " + epoch + " and has " + number;
        }
    }

    /** A handler took over the state, and the sessions, of an earlier owner. */
    record Restored(Stay stay, long number, List<String> sessions) implements Happening {
        @Override
        public String toString() {
            return stay + " goes on after " + number + " with " + sessions.size() + " seats";
        }
    }

    /** A handler gave its state. */
    record Snapped(Stay stay, long number) implements Happening {
        @Override
        public String toString() {
            return stay + " gives its state at " + number;
        }
    }

    /** A handler was told that a session's client is away. */
    record Dropped(Stay stay, String session, int connection) implements Happening {
        @Override
        public String toString() {
            return stay + " onDrop of connection " + connection;
        }
    }

    /** A handler was told that a session's client is back. */
    record CameBack(Stay stay, String session, int connection) implements Happening {
        @Override
        public String toString() {
            return stay + " onResume with connection " + connection;
        }
    }

    /** A client was told that it is back on its seat. */
    record Resumed(int connection, int earlier, long handled) implements Happening {
        @Override
        public String toString() {
            return "connection " + connection + " goes on where " + earlier + " broke; " + handled + " were handled";
        }
    }

    /** A client got the answer to one of its messages. */
    record Answered(String client, int connection, String message, long order, boolean handled) implements Happening {
        @Override
        public String toString() {
            return "connection " + connection + " gets the answer to " + message + (handled ? "" : ": refused");
        }
    }

    /** A client was told of the end by its host. */
    record Told(String client, int connection, String code) implements Happening {
        @Override
        public String toString() {
            return "connection " + connection + " is closed by its host: " + code;
        }
    }

    /** A look-up led a client nowhere. */
    record NotLed(String client, String code) implements Happening {
        @Override
        public String toString() {
            return "is not led anywhere: " + code;
        }
    }

    /** All faults are over. */
    record Healed() implements Happening {
        @Override
        public String toString() {
            return "--- all faults are over ---";
        }
    }

    /** The run is over. */
    record Over() implements Happening {
        @Override
        public String toString() {
            return "--- the end ---";
        }
    }

    /** Something threw what it must not throw. */
    record Threw(String what) implements Happening {
        @Override
        public String toString() {
            return "THROWS " + what;
        }
    }

    /**
     * The life of one handler.
     *
     * @param number unique in a run
     * @param process the process that it lives in
     * @param room the room
     * @param assignment what the process had last asked the registry for, when the handler was made
     */
    record Stay(int number, String process, RoomId room, RoomAssignment assignment) {
        @Override
        public String toString() {
            return room + "/" + number + " (epoch " + assignment.epoch() + ")";
        }
    }

    private static String text(RoomAssignment assignment) {
        return assignment.room() + " to " + assignment.owner() + " under " + assignment.epoch();
    }
}
