package io.roomrouting.jetty.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EofException;

/** An end point that takes as many bytes as a test allows, and remembers them and how often it was written to. */
final class SlowEndPoint extends AbstractEndPoint {

    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private long space;
    private int writes;
    private boolean broken;

    SlowEndPoint(long space) {
        super(null);
        this.space = space;
        onOpen();
    }

    synchronized byte[] taken() {
        return taken.toByteArray();
    }

    synchronized int writes() {
        return writes;
    }

    synchronized void breakDown() {
        broken = true;
    }

    /** The client reads. */
    void makeSpace(long bytes) {
        synchronized (this) {
            space += bytes;
        }
        getWriteFlusher().completeWrite();
    }

    boolean isWaitingForSpace() {
        return getWriteFlusher().isPending();
    }

    @Override
    public synchronized boolean flush(ByteBuffer... buffers) throws IOException {
        if (broken) {
            throw new EofException("broken");
        }
        boolean all = true;
        for (ByteBuffer buffer : buffers) {
            int size = (int) Math.min(space, buffer.remaining());
            byte[] bytes = new byte[size];
            buffer.get(bytes);
            taken.writeBytes(bytes);
            space -= size;
            all &= !buffer.hasRemaining();
        }
        writes++;
        return all;
    }

    @Override
    public int fill(ByteBuffer buffer) {
        return 0;
    }

    @Override
    public Object getTransport() {
        return this;
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return InetSocketAddress.createUnresolved("local", 1);
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return InetSocketAddress.createUnresolved("remote", 2);
    }

    @Override
    protected void onIncompleteFlush() {
        // The test says when there is space again.
    }

    @Override
    protected void needsFillInterest() {
        // Nothing ever comes.
    }
}
