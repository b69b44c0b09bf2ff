package io.roomrouting.socketio.engine;

/**
 * The first packet of a session (Engine.IO 4, section "Handshake"): exactly the five fields that clients and the official
 * tests expect.
 */
final class Handshake {

    private Handshake() {}

    static EncodedPacket packet(String sid, EngineTransport transport, EngineSettings settings) {
        boolean upgradable =
                transport == EngineTransport.POLLING && settings.transports().contains(EngineTransport.WEBSOCKET);
        return EncodedPacket.open("{\"sid\":" + JsonStrings.quoted(sid)
                + ",\"upgrades\":" + (upgradable ? "[\"websocket\"]" : "[]")
                + ",\"pingInterval\":" + settings.pingInterval().toMillis()
                + ",\"pingTimeout\":" + settings.pingTimeout().toMillis()
                + ",\"maxPayload\":" + settings.maxPayload() + "}");
    }
}
