package io.roomrouting.internal;

import io.roomrouting.session.Session;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.WireFormat;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One event on its way to many sessions, encoded once per wire format. */
final class Broadcast {

    private final RoomRuntime room;
    private final String event;
    private final Object[] arguments;
    private @Nullable WireFormat format;
    private @Nullable Encoded encoded;
    private @Nullable Map<WireFormat, Encoded> others;

    Broadcast(RoomRuntime room, String event, Object[] arguments) {
        this.room = room;
        this.event = event;
        this.arguments = arguments;
    }

    void to(Collection<? extends Session> sessions, @Nullable Session except) {
        for (Session session : sessions) {
            if (session == except) {
                continue;
            }
            if (session instanceof SessionRuntime ours) {
                deliver(ours);
            } else {
                session.send(event, arguments);
            }
        }
    }

    private void deliver(SessionRuntime session) {
        if (session.room() != room) {
            throw new IllegalArgumentException("session " + session.id() + " is not of room " + room.id());
        }
        session.deliver(encodedFor(session.format()));
    }

    private Encoded encodedFor(WireFormat wanted) {
        if (encoded == null) {
            format = wanted;
            encoded = encode(wanted);
        }
        return wanted == format ? encoded : encodedForAnother(wanted);
    }

    private Encoded encodedForAnother(WireFormat wanted) {
        if (others == null) {
            others = new HashMap<>(2);
        }
        return others.computeIfAbsent(wanted, this::encode);
    }

    private Encoded encode(WireFormat wanted) {
        return wanted.event(event, Arrays.asList(arguments));
    }
}
