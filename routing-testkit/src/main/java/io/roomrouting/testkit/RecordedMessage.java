package io.roomrouting.testkit;

import io.roomrouting.session.Payload;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.util.List;
import java.util.stream.Collectors;

/** What a room said to a client, kept by a {@link RecordingConnection}. */
public sealed interface RecordedMessage extends Encoded {

    /** Counts every message as one byte: in tests only their number matters. */
    @Override
    default int size() {
        return 1;
    }

    /**
     * An event.
     *
     * @param name its name
     * @param arguments its arguments
     */
    record Event(String name, List<Payload> arguments) implements RecordedMessage {

        /** Copies the arguments. */
        public Event {
            arguments = List.copyOf(arguments);
        }

        /**
         * Reads the first argument.
         *
         * @param type what to read it as
         * @param <T> the type
         * @return the value
         * @throws io.roomrouting.RoutingException.InvalidRequest if there is none or it is of another type
         */
        public <T> T data(Class<T> type) {
            return first(arguments, type);
        }

        @Override
        public String toString() {
            return name + text(arguments);
        }
    }

    /**
     * The answer to an event that asked for one.
     *
     * @param replyId the number that the client gave the event
     * @param arguments the answer
     */
    record Reply(long replyId, List<Payload> arguments) implements RecordedMessage {

        /** Copies the arguments. */
        public Reply {
            arguments = List.copyOf(arguments);
        }

        /**
         * Reads the first argument.
         *
         * @param type what to read it as
         * @param <T> the type
         * @return the value
         * @throws io.roomrouting.RoutingException.InvalidRequest if there is none or it is of another type
         */
        public <T> T data(Class<T> type) {
            return first(arguments, type);
        }

        @Override
        public String toString() {
            return "reply " + replyId + text(arguments);
        }
    }

    /**
     * A refusal of an event.
     *
     * @param replyId the number that the client gave the event, or {@link InboundEvent#NO_REPLY}
     * @param code the stable name of what is wrong
     * @param detail one line for people
     */
    record Failure(long replyId, String code, String detail) implements RecordedMessage {

        @Override
        public String toString() {
            String prefix = replyId == InboundEvent.NO_REPLY ? "" : "reply " + replyId + " ";
            return prefix + "error " + code + " (" + detail + ")";
        }
    }

    /**
     * Tells a client with a seat how many of its events the room has taken note of; not one of the session's messages.
     *
     * @param handled how many
     */
    record Acknowledgement(long handled) implements RecordedMessage {

        @Override
        public String toString() {
            return "ack " + handled;
        }
    }

    private static <T> T first(List<Payload> arguments, Class<T> type) {
        return (arguments.isEmpty() ? new PlainPayload(null) : arguments.get(0)).as(type);
    }

    private static String text(List<Payload> arguments) {
        return arguments.stream().map(argument -> " " + argument).collect(Collectors.joining());
    }
}
