package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import io.roomrouting.spi.SeatRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * What a client offers besides the handshake itself: sub-protocols, with the ticket among them or in the query. A web page
 * can set no other header.
 *
 * @param protocols what stands in {@code Sec-WebSocket-Protocol}
 * @param ticket the room ticket; never to be logged
 * @param seat what stands behind {@code resume.}; never to be logged
 */
record WebSocketOffer(List<String> protocols, Optional<String> ticket, Optional<String> seat) {

    static final String ROOM_V1 = "room.v1";

    private static final String TICKET_PREFIX = "ticket.";
    private static final String TICKET_PARAMETER = "token";
    private static final String SEAT_PREFIX = "resume.";
    private static final Pattern BACK =
            Pattern.compile("([A-Za-z0-9_-]{1," + SeatRequest.MAX_TOKEN_LENGTH + "})\\.([0-9]{1,16})");

    static WebSocketOffer of(Request request) {
        List<String> protocols = request.getHeaders().getCSV(HttpHeader.SEC_WEBSOCKET_SUBPROTOCOL, false);
        Optional<String> ticket = protocols.stream()
                .filter(protocol -> protocol.startsWith(TICKET_PREFIX))
                .map(protocol -> protocol.substring(TICKET_PREFIX.length()))
                .findFirst()
                .or(() -> Optional.ofNullable(
                        Request.extractQueryParameters(request).getValue(TICKET_PARAMETER)));
        Optional<String> seat = protocols.stream()
                .filter(protocol -> protocol.startsWith(SEAT_PREFIX))
                .map(protocol -> protocol.substring(SEAT_PREFIX.length()))
                .findFirst();
        return new WebSocketOffer(protocols, ticket.filter(token -> !token.isEmpty()), seat);
    }

    /**
     * Reads the wish for a seat: {@code resume.new}, or {@code resume.<token>.<received>}.
     *
     * @throws RoutingException.InvalidRequest if it is neither
     */
    Optional<SeatRequest> seatRequest() {
        return seat.map(WebSocketOffer::seatRequest);
    }

    private static SeatRequest seatRequest(String text) {
        if (text.equals("new")) {
            return new SeatRequest.New();
        }
        Matcher back = BACK.matcher(text);
        if (!back.matches()) {
            throw RoutingException.invalid("\"resume.new\" or \"resume.<token>.<received>\" asks for a seat");
        }
        return new SeatRequest.Back(back.group(1), Long.parseLong(back.group(2)));
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
