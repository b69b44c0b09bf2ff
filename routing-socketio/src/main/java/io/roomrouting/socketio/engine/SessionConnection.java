package io.roomrouting.socketio.engine;

import io.roomrouting.session.Delivery;
import java.util.List;

/** What the application does with a session, from any thread: each call is a step of the session's strand. */
final class SessionConnection implements EngineConnection {

    private final EngineSession session;
    private final Strand strand;
    private final Runnable pump;

    SessionConnection(EngineSession session) {
        this.session = session;
        this.strand = session.strand();
        this.pump = session::pump;
    }

    @Override
    public Delivery offer(List<EncodedPacket> packets) {
        synchronized (strand) {
            return session.offer(packets);
        }
    }

    @Override
    public void flush() {
        strand.aside(pump);
    }

    @Override
    public void execute(Runnable task) {
        strand.aside(() -> strand.then(task));
    }

    @Override
    public boolean isWritable() {
        synchronized (strand) {
            return session.isWritable();
        }
    }

    @Override
    public EngineTransport transport() {
        return session.transport();
    }

    @Override
    public void close(CloseReason reason) {
        strand.aside(() -> session.beginClose(reason));
    }

    @Override
    public String toString() {
        return session.toString();
    }
}
