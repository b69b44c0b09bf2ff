/** The HTTP API, the WebSocket endpoint and Socket.IO as Jetty handlers. */
module io.roomrouting.jetty {
    requires com.fasterxml.jackson.databind;
    requires transitive io.roomrouting;
    requires io.roomrouting.jackson;
    requires transitive io.roomrouting.socketio;
    requires java.management;
    requires java.net.http;
    requires org.eclipse.jetty.http;
    requires org.eclipse.jetty.io;
    requires transitive org.eclipse.jetty.server;
    requires org.eclipse.jetty.util;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.jetty;
}
