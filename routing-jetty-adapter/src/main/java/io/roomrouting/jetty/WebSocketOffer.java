package io.roomrouting.jetty;

import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What a client offers besides the handshake itself: sub-protocols, with the ticket among them or in the query. A web page
 * can set no other header.
 *
 * @param protocols what stands in {@code Sec-WebSocket-Protocol}
 * @param ticket the room ticket; never to be logged
 */
record WebSocketOffer(List<String> protocols, Optional<String> ticket) {

    static final String ROOM_V1 = "room.v1";

    private static final String TICKET_PREFIX = "ticket.";
    private static final String TICKET_PARAMETER = "token";

    static WebSocketOffer of(Request request) {
        List<String> protocols = request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
        Optional<String> ticket = protocols.stream()
                .filter(protocol -> protocol.startsWith(TICKET_PREFIX))
                .map(protocol -> protocol.substring(TICKET_PREFIX.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(
                        Request.extractQueryParameters(request).getValue(TICKET_PARAMETER)));
        return new WebSocketOffer(protocols, ticket.filter(token -> !token.isEmpty()));
    }

    boolean hasRoomV1() {
        return protocols.contains(ROOM_V1);
    }

    /** Whether the client can do without {@code room.v1}: it has named no protocol at all. */
    boolean isOpen() {
        return protocols.isEmpty();
    }

    @Override
    public String toString() {
        return "WebSocketOffer[hasRoomV1=" + hasRoomV1() + ", hasTicket=" + ticket.isPresent() + "]";
    }
}
