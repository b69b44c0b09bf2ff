package io.roomrouting.benchmarks.load;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketConfig;
import com.corundumstudio.socketio.SocketIOServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * What to compare with: rooms of netty-socketio, with its defaults, without tickets and limits; every message is sent to
 * every client of its room.
 */
public final class NettySocketIoServer {

    private NettySocketIoServer() {}

    /** Serves until the standard input ends. */
    public static void main(String[] args) throws IOException {
        Configuration configuration = new Configuration();
        configuration.setHostname("127.0.0.1");
        configuration.setPort(freePort());
        SocketConfig sockets = configuration.getSocketConfig();
        sockets.setAcceptBackLog(4096);
        SocketIOServer server = new SocketIOServer(configuration);
        server.addConnectListener(
                client -> client.joinRoom(client.getHandshakeData().getSingleUrlParam("room")));
        server.addEventListener(
                "m",
                String.class,
                (client, text, ack) -> server.getRoomOperations(
                                client.getHandshakeData().getSingleUrlParam("room"))
                        .sendEvent("m", text));
        server.start();
        try {
            Requests.answer(configuration.getPort(), (room, user) -> "");
        } finally {
            server.stop();
        }
    }

    /** It does not tell which port it has when it is asked to take any. */
    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket.getLocalPort();
        }
    }
}
