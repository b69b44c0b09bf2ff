package io.roomrouting.jetty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.thread.Scheduler;

/** Ends a connection whose TLS handshake does not come to its end, also if a byte of it comes now and then. */
final class HandshakeDeadline implements SslHandshakeListener, Connection.Listener {

    private static final long SECONDS = 10;

    private final Scheduler.Task end;

    private HandshakeDeadline(Scheduler scheduler, EndPoint endPoint) {
        end = scheduler.schedule(
                () -> endPoint.close(new TimeoutException("The TLS handshake took longer than " + SECONDS + " s")),
                SECONDS,
                TimeUnit.SECONDS);
    }

    /** Starts to wait for a connection that has just been accepted. */
    static void on(SslConnection connection, Scheduler scheduler) {
        HandshakeDeadline deadline = new HandshakeDeadline(scheduler, connection.getEndPoint());
        connection.addHandshakeListener(deadline);
        connection.addEventListener(deadline);
    }

    @Override
    public void handshakeSucceeded(Event event) {
        end.cancel();
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
        end.cancel();
    }

    @Override
    public void onClosed(Connection connection) {
        end.cancel();
    }
}
