/** Engine.IO 4 and Socket.IO 5 as a transport that knows no server. */
module io.roomrouting.socketio {
    requires com.fasterxml.jackson.core;
    requires transitive com.fasterxml.jackson.databind;
    requires transitive io.roomrouting;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.socketio;
    exports io.roomrouting.socketio.admin;
    exports io.roomrouting.socketio.engine;
}
