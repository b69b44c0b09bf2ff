package io.roomrouting.benchmarks.load;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/**
 * What to compare with: rooms on Jetty's own WebSocket API, without tickets, limits, presence or JSON; every message is
 * sent to every session of the room as it is.
 */
public final class PlainJettyServer {

    private static final Map<String, Set<Session>> ROOMS = new ConcurrentHashMap<>();

    private PlainJettyServer() {}

    /** Serves until the standard input ends. */
    public static void main(String[] args) throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(4096);
        server.addConnector(connector);
        ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) throws IOException {
                String room = Request.getPathInContext(request);
                return container.upgrade((req, res, cb) -> new Member(room), request, response, callback);
            }
        });
        server.start();
        try {
            Requests.answer(connector.getLocalPort(), (room, user) -> "");
        } finally {
            server.stop();
        }
    }

    /** One client. Public because the container calls it by reflection. */
    public static final class Member extends Session.Listener.Abstract {

        private final String room;

        Member(String room) {
            this.room = room;
        }

        @Override
        public void onWebSocketOpen(Session session) {
            super.onWebSocketOpen(session);
            ROOMS.computeIfAbsent(room, name -> ConcurrentHashMap.newKeySet()).add(session);
            session.demand();
        }

        @Override
        public void onWebSocketClose(int status, String reason, org.eclipse.jetty.websocket.api.Callback callback) {
            leave();
            callback.succeed();
        }

        @Override
        public void onWebSocketError(Throwable cause) {
            leave();
        }

        private void leave() {
            ROOMS.getOrDefault(room, Set.of()).remove(getSession());
        }

        @Override
        public void onWebSocketText(String message) {
            for (Session session : ROOMS.getOrDefault(room, Set.of())) {
                session.sendText(message, org.eclipse.jetty.websocket.api.Callback.NOOP);
            }
            getSession().demand();
        }
    }
}
