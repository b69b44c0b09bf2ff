package io.roomrouting.jetty;

import io.roomrouting.RoomId;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers {@code GET /} with the name of the room that is here, as plain text. Never blocks. */
final class RoomNameHandler extends Handler.Abstract.NonBlocking {

    private static final HttpField TEXT = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
    private static final HttpField NO_SNIFF = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");

    private final byte[] name;

    RoomNameHandler(RoomId room) {
        name = room.value().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!Request.getPathInContext(request).equals("/")) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (exchange.takes(Methods.GET)) {
            response.getHeaders().add(TEXT).add(NO_SNIFF).add(Exchange.NO_STORE);
            exchange.send(HttpStatus.OK_200, name);
        }
        return true;
    }
}
