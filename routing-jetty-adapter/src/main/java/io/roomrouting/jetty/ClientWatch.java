package io.roomrouting.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.FillInterest;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Notices that a client goes away while its request is held. Jetty's HTTP/1.1 connection does not read while a request is
 * handled, so that the end of the client's stream would be seen with the answer only; the end point tells it at once to
 * whoever is interested.
 *
 * <p>What comes instead of the end is the client's next request, sent ahead. To learn that, a byte of it has to be read, and
 * there is no safe way to give it back: the connection may be letting go of its buffer on another thread. So the connection
 * ends with the answer to the held request, and the client sends the next one again, as HTTP/1.1 wants it (RFC 9112, section
 * 9.3.2).
 *
 * <p>HTTP/2 and HTTP/3 read all the time and tell of the end themselves. Thread-safe.
 */
final class ClientWatch implements Callback {

    private final EndPoint endPoint;
    private final FillInterest interest;
    private final Runnable onGone;
    private boolean early;
    private boolean registering;
    private boolean lost;
    private boolean over;

    private ClientWatch(EndPoint endPoint, FillInterest interest, Runnable onGone) {
        this.endPoint = endPoint;
        this.interest = interest;
        this.onGone = onGone;
    }

    /**
     * Makes a watch for a request without a body.
     *
     * @param onGone called at most once, when the client is gone
     * @return null where the connection is of another kind
     */
    static @Nullable ClientWatch of(Request request, Runnable onGone) {
        ConnectionMetaData metaData = request.getConnectionMetaData();
        HttpVersion version = metaData.getHttpVersion();
        EndPoint endPoint = metaData.getConnection().getEndPoint();
        FillInterest interest = interestOf(endPoint);
        return interest != null
                        && version.getVersion() <= HttpVersion.HTTP_1_1.getVersion()
                        && metaData.getConnection() instanceof Connection.UpgradeTo
                ? new ClientWatch(endPoint, interest, onGone)
                : null;
    }

    /** An end point that only passes on what another one does has none of its own; one that decrypts does. */
    private static @Nullable FillInterest interestOf(EndPoint endPoint) {
        EndPoint inner = endPoint;
        while (!(inner instanceof AbstractEndPoint) && inner instanceof EndPoint.Wrapper wrapper) {
            inner = wrapper.unwrap();
        }
        return inner instanceof AbstractEndPoint known ? known.getFillInterest() : null;
    }

    /** Begins, unless it has been ended already. */
    void begin() {
        boolean gone;
        synchronized (this) {
            if (over) {
                return;
            }
            // Under the lock, so that nothing is left registered when the connection begins to read again.
            registering = true;
            endPoint.tryFillInterested(this);
            registering = false;
            gone = lost;
        }
        if (gone) {
            onGone.run();
        }
    }

    /**
     * Ends it, before the request is answered: from now on the connection may read.
     *
     * @return whether the connection must end with the answer, because a byte of the next request was taken from it
     */
    synchronized boolean end() {
        if (!over) {
            over = true;
            // Nobody else is interested while the request is held, so that what is taken back can only be this.
            interest.onFail(new IOException("The request is answered"));
        }
        return early;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void succeeded() {
        int filled;
        synchronized (this) {
            if (over) {
                return;
            }
            filled = read();
        }
        if (filled < 0) {
            onGone.run();
        } else if (filled == 0) {
            begin();
        }
    }

    @Override
    public void failed(Throwable cause) {
        synchronized (this) {
            lost = true;
            if (over || registering) {
                return;
            }
        }
        onGone.run();
    }

    private int read() {
        ByteBuffer buffer = BufferUtil.allocate(1);
        try {
            int filled = endPoint.fill(buffer);
            if (filled > 0) {
                early = true;
            }
            return filled;
        } catch (IOException e) {
            return -1;
        }
    }
}
