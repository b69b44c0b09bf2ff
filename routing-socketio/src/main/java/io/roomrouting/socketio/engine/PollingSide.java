package io.roomrouting.socketio.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests of a client that polls: at most one that is held until there is something to say, and at most one that
 * brings something (Engine.IO 4, section "HTTP long-polling"). Within a strand.
 */
final class PollingSide implements Side {

    private @Nullable HttpAnswer poll;
    private @Nullable HttpAnswer post;

    @Override
    public EngineTransport transport() {
        return EngineTransport.POLLING;
    }

    @Override
    public boolean isWritable() {
        return poll != null;
    }

    void hold(HttpAnswer request) {
        poll = request;
    }

    boolean isHeld(HttpAnswer request) {
        return poll == request;
    }

    boolean isPosting() {
        return post != null;
    }

    void beginPost(HttpAnswer request) {
        post = request;
    }

    /** Ends a request that brings something. */
    void endPost(HttpAnswer request) {
        if (post == request) {
            post = null;
        }
    }

    @Override
    public void send(List<EncodedPacket> packets) {
        reply(HttpReply.packets(packets));
    }

    @Override
    public void sendLast(List<EncodedPacket> packets) {
        List<EncodedPacket> all = new ArrayList<>(packets);
        all.add(EncodedPacket.CLOSE);
        send(all);
    }

    @Override
    public void end(EncodedPacket farewell) {
        reply(HttpReply.packets(List.of(farewell)));
    }

    /** Answers the request that is held, if there is one. */
    void reply(HttpReply reply) {
        HttpAnswer held = poll;
        poll = null;
        if (held != null) {
            held.answer(reply);
        }
    }
}
