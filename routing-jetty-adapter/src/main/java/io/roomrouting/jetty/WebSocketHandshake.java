package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.jetty.internal.DeflateOffer;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.jetty.internal.WebSocketListener;
import io.roomrouting.jetty.internal.WebSockets;
import io.roomrouting.spi.ConnectionPermit;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The opening handshake (RFC 6455, section 4.2). */
final class WebSocketHandshake {

    private static final HttpField UPGRADE = new PreEncodedHttpField(HttpHeader.UPGRADE, "websocket");
    private static final HttpField CONNECTION = new PreEncodedHttpField(HttpHeader.CONNECTION, "Upgrade");
    private static final HttpField VERSION = new PreEncodedHttpField(HttpHeader.SEC_WEBSOCKET_VERSION, "13");
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;

    private WebSocketHandshake() {}

    /** Says whether the client asks for a WebSocket, rightly or wrongly. */
    static boolean isAskedFor(Request request) {
        return HttpMethod.GET.is(request.getMethod())
                && request.getHeaders().contains(HttpHeader.UPGRADE, UPGRADE.getValue());
    }

    /** What to tell a client that comes with plain HTTP. */
    static Problem required() {
        return upgradeRequired("Here is a WebSocket: connect with ws or wss");
    }

    /** Says which rule a request for a WebSocket breaks. */
    static Optional<Problem> fault(Request request) {
        HttpFields headers = request.getHeaders();
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_1_1) {
            return malformed("A WebSocket needs HTTP/1.1");
        }
        if (!headers.contains(HttpHeader.CONNECTION, CONNECTION.getValue())) {
            return malformed("The header Connection must contain Upgrade");
        }
        if (!VERSION.getValue().equals(headers.get(HttpHeader.SEC_WEBSOCKET_VERSION))) {
            return Optional.of(upgradeRequired("Only version 13 of the WebSocket protocol is spoken here"));
        }
        List<String> keys = headers.getValuesList(HttpHeader.SEC_WEBSOCKET_KEY);
        if (keys.size() != 1 || !isKey(keys.get(0))) {
            return malformed("The header Sec-WebSocket-Key must be 16 bytes in base64, once");
        }
        if (headers.getLongField(HttpHeader.CONTENT_LENGTH) > 0 || headers.contains(HttpHeader.TRANSFER_ENCODING)) {
            return malformed("A request for a WebSocket has no body");
        }
        return Optional.empty();
    }

    /** Opens a WebSocket for a request that has been checked. The permit is given back when it is closed, or not opened. */
    static void accept(Exchange exchange, WebSockets sockets, WebSocketListener listener, ConnectionPermit permit) {
        ConnectionMetaData metaData = exchange.request().getConnectionMetaData();
        Connector connector = metaData.getConnector();
        Optional<String> compression = sockets.compression() == null
                ? Optional.empty()
                : DeflateOffer.answer(
                        exchange.request().getHeaders().getValuesList(HttpHeader.SEC_WEBSOCKET_EXTENSIONS));
        compression.ifPresent(
                answer -> exchange.response().getHeaders().put(HttpHeader.SEC_WEBSOCKET_EXTENSIONS, answer));
        WebSocketConnection connection = new WebSocketConnection(
                metaData.getConnection().getEndPoint(),
                connector.getExecutor(),
                connector.getByteBufferPool(),
                sockets,
                listener,
                permit,
                compression.isPresent());
        connector.getEventListeners().forEach(connection::addEventListener);
        answer(exchange.request(), exchange.response());
        exchange.request().setAttribute(HttpStream.UPGRADE_CONNECTION_ATTRIBUTE, connection);
        Callback callback = exchange.callback();
        exchange.response().write(true, null, Callback.from(callback::succeeded, failure -> {
            connection.neverOpened();
            callback.failed(failure);
        }));
    }

    private static void answer(Request request, Response response) {
        response.setStatus(HttpStatus.SWITCHING_PROTOCOLS_101);
        response.getHeaders()
                .put(UPGRADE)
                .put(CONNECTION)
                .put(
                        HttpHeader.SEC_WEBSOCKET_ACCEPT,
                        acceptOf(String.valueOf(request.getHeaders().get(HttpHeader.SEC_WEBSOCKET_KEY))));
    }

    private static String acceptOf(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((key.strip() + GUID).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-1", e);
        }
    }

    private static boolean isKey(String key) {
        try {
            return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<Problem> malformed(String detail) {
        return Optional.of(Problem.invalid(HttpStatus.BAD_REQUEST_400, detail));
    }

    private static Problem upgradeRequired(String detail) {
        return new Problem(
                HttpStatus.UPGRADE_REQUIRED_426,
                ErrorCode.INVALID_REQUEST,
                detail,
                List.of(UPGRADE, CONNECTION, VERSION));
    }
}
