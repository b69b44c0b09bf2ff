package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import io.roomrouting.jetty.internal.WebSocketConnection;
import io.roomrouting.jetty.internal.WebSocketListener;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.CloseFrame;

/**
 * Tells a client why it is not let in, with a close frame: a browser does not show its page why an upgrade was refused.
 */
final class RefusedWebSocketListener implements WebSocketListener {

    private final RoutingException why;

    RefusedWebSocketListener(RoutingException why) {
        this.why = why;
    }

    @Override
    public void onOpen(WebSocketConnection connection) {
        connection.close(LeaveReason.KICKED, CloseFrame.of(why));
    }

    @Override
    public void onText(byte[] bytes, int offset, int length) {
        // Nobody is listening.
    }

    @Override
    public void onBinary(byte[] bytes, int offset, int length) {
        // Nobody is listening.
    }

    @Override
    public void onReadComplete() {
        // Nothing was done that could be completed.
    }

    @Override
    public void onClosed(LeaveReason reason) {
        // Nobody was told of the beginning.
    }
}
