package io.roomrouting.socketio.engine;

import java.util.List;

/** What the requests of a session that polls do to it (Engine.IO 4, section "HTTP long-polling"). */
final class PollingRequests {

    private final String sid;
    private final EngineSession session;
    private final Sessions sessions;
    private final int maxPayload;

    PollingRequests(String sid, EngineSession session, Sessions sessions, int maxPayload) {
        this.sid = sid;
        this.session = session;
        this.sessions = sessions;
        this.maxPayload = maxPayload;
    }

    /** Holds a poll until there is something to say. Two polls at once end the session. */
    RequestListener get(HttpAnswer request) {
        session.strand().inbound(() -> {
            if (session.isClosed()) {
                request.answer(sessions.replyToLatePoll(sid));
                return;
            }
            session.polling()
                    .ifPresentOrElse(
                            polling -> hold(polling, request),
                            () -> request.answer(HttpReply.refusal(Refusal.BAD_REQUEST)));
        });
        return new RequestListener() {
            @Override
            public void onAborted() {
                session.strand()
                        .inbound(() -> session.polling()
                                .filter(polling -> polling.isHeld(request))
                                .ifPresent(polling -> session.end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE)));
            }
        };
    }

    private void hold(PollingSide polling, HttpAnswer request) {
        if (polling.isWritable()) {
            session.end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE);
            request.answer(HttpReply.BAD);
            return;
        }
        polling.hold(request);
        session.pump();
        if (polling.isHeld(request)) {
            session.upgrade().ifPresent(Upgrade::pollHeld);
        }
    }

    /** Expects what the client says. Two such requests at once end the session, and so does a body of mere bytes. */
    RequestListener post(HttpAnswer request, String contentType) {
        Posted posted = new Posted(request);
        session.strand().inbound(() -> posted.begin(contentType));
        return posted;
    }

    private void refuse(HttpAnswer request) {
        request.answer(HttpReply.refusal(session.isClosed() ? Refusal.UNKNOWN_SID : Refusal.BAD_REQUEST));
    }

    /** A request whose body comes. It is answered when the application has heard what is in it. */
    private final class Posted implements RequestListener {

        private final HttpAnswer request;
        private boolean over;

        Posted(HttpAnswer request) {
            this.request = request;
        }

        void begin(String contentType) {
            PollingSide polling = session.polling().orElse(null);
            if (polling == null) {
                over = true;
                refuse(request);
            } else if (polling.isPosting() || contentType.startsWith("application/octet-stream")) {
                over = true;
                session.end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE);
                request.answer(HttpReply.BAD);
            } else {
                polling.beginPost(request);
            }
        }

        @Override
        public void onBody(byte[] body) {
            if (body.length > maxPayload) {
                onTooLarge();
                return;
            }
            session.strand().inbound(() -> finish(() -> take(body)));
        }

        /** The session goes on, as in the reference implementation. */
        @Override
        public void onTooLarge() {
            session.strand()
                    .inbound(() -> finish(() -> {
                        done();
                        request.answer(HttpReply.TOO_LARGE);
                    }));
        }

        @Override
        public void onAborted() {
            session.strand()
                    .inbound(() -> finish(() -> {
                        session.end(CloseReason.TRANSPORT_ERROR, EncodedPacket.CLOSE);
                    }));
        }

        private void finish(Runnable how) {
            if (over) {
                return;
            }
            over = true;
            if (session.polling().isPresent()) {
                how.run();
            } else {
                refuse(request);
            }
        }

        private void take(byte[] body) {
            try {
                List<EnginePacket> packets = PollingPayload.decode(body);
                packets.forEach(session::received);
                session.readComplete();
                session.strand().then(this::confirm);
            } catch (ProtocolViolation notPackets) {
                session.end(CloseReason.PARSE_ERROR, EncodedPacket.CLOSE);
                request.answer(HttpReply.BAD);
            }
        }

        private void confirm() {
            synchronized (session.strand()) {
                done();
            }
            request.answer(HttpReply.OK);
        }

        private void done() {
            session.polling().ifPresent(polling -> polling.endPost(request));
        }
    }
}
