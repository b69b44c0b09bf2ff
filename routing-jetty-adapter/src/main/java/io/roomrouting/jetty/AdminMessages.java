package io.roomrouting.jetty;

import io.roomrouting.RoomId;
import io.roomrouting.TimeSource;
import io.roomrouting.session.HostedRooms;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands what an operator has to say to the clients: the event {@code announcement {text, timestamp}}. Never blocks. */
final class AdminMessages {

    private static final Logger LOG = LoggerFactory.getLogger(AdminMessages.class);
    private static final String EVENT = "announcement";

    private final HostedRooms rooms;
    private final TimeSource time;

    AdminMessages(HostedRooms rooms, TimeSource time) {
        this.rooms = rooms;
        this.time = time;
    }

    void addTo(AdminPaths paths) {
        paths.add("message", Methods.POST, this::toAll);
        paths.addRoom("/message", Methods.POST, this::toOne);
    }

    private void toAll(Exchange exchange) {
        exchange.readJson(body -> {
            int reached = rooms.announce(EVENT, announcement(body));
            LOG.info("An operator's message goes to {} rooms", reached);
            answer(exchange, reached);
        });
    }

    private void toOne(Exchange exchange, String name) {
        RoomId room = RoomId.of(name);
        exchange.readJson(body -> {
            if (!rooms.announce(room, EVENT, announcement(body))) {
                throw AdminRooms.unknown(room);
            }
            LOG.info("An operator's message goes to room {}", room);
            answer(exchange, 1);
        });
    }

    private Map<String, String> announcement(byte[] body) {
        return Map.of("text", AdminRequest.text(body), "timestamp", time.now().toString());
    }

    private static void answer(Exchange exchange, int reached) {
        AdminJson.answer(exchange, AdminJson.object().put("rooms", reached));
    }
}
