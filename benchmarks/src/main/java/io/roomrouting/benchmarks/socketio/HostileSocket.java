package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A socket whose owner writes what it likes. Blocks, for a quarter of a second at most where it reads. */
final class HostileSocket implements AutoCloseable {

    static final int TEXT = 0x1;
    static final int BINARY = 0x2;

    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 250;
    private static final int MOST_READ = 8 * 1024;

    private final Socket socket = new Socket();
    private final int port;

    HostileSocket(int port) throws IOException {
        this.port = port;
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
        socket.setSoTimeout(READ_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** Another one to the same server. */
    HostileSocket another() throws IOException {
        return new HostileSocket(port);
    }

    void write(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    void get(String sid) throws IOException {
        write("GET " + path("polling", sid) + " HTTP/1.1\r\nHost: h\r\n\r\n");
    }

    void post(String sid, byte[] body) throws IOException {
        write("POST " + path("polling", sid) + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length + "\r\n\r\n");
        write(body);
    }

    void post(String sid, String body) throws IOException {
        post(sid, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Begins a session by polling; returns its name, or an empty one if there was none to be had. */
    String handshake() throws IOException {
        get("");
        String answer = read();
        int at = answer.indexOf("\"sid\":\"");
        return at < 0 || answer.length() < at + 27 ? "" : answer.substring(at + 7, at + 27);
    }

    /** Asks for a WebSocket and reads the answer. */
    void webSocket(String sid) throws IOException {
        askForWebSocket(sid);
        read();
    }

    /** The same, with compressed messages. */
    void compressedWebSocket() throws IOException {
        askForWebSocket("", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        read();
    }

    void askForWebSocket(String sid) throws IOException {
        askForWebSocket(sid, "");
    }

    private void askForWebSocket(String sid, String moreHeaders) throws IOException {
        write("GET " + path("websocket", sid) + " HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" + moreHeaders
                + "\r\n");
    }

    void text(String text) throws IOException {
        frame(0x80 | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a whole frame, with a mask of zero. */
    void frame(int head, byte[] payload) throws IOException {
        header(head, payload.length);
        write(payload);
    }

    /** Writes a frame's header, whatever may follow. */
    void header(int head, long length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(14).put((byte) head);
        if (length < 126) {
            bytes.put((byte) (0x80 | length));
        } else if (length < 1 << 16) {
            bytes.put((byte) (0x80 | 126)).putShort((short) length);
        } else {
            bytes.put((byte) (0x80 | 127)).putLong(length);
        }
        bytes.putInt(0).flip();
        byte[] all = new byte[bytes.remaining()];
        bytes.get(all);
        write(all);
    }

    /** Reads what comes at once; nothing if nothing does. */
    String read() throws IOException {
        byte[] bytes = new byte[MOST_READ];
        InputStream in = socket.getInputStream();
        try {
            int count = in.read(bytes);
            return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
        } catch (java.net.SocketTimeoutException silence) {
            return "";
        }
    }

    /** Ends it, half of the time in a way that the other side calls a reset. */
    void end(boolean withReset) throws IOException {
        if (withReset) {
            socket.setSoLinger(true, 0);
        }
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String path(String transport, String sid) {
        return new Endpoint(0, sid).path(transport);
    }
}
