package io.roomrouting.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.jetty.internal.ClientFrames;
import io.roomrouting.jetty.internal.Frames;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/** A client that speaks bytes, so that a test can say whatever no decent client would. */
final class RawClient implements AutoCloseable {

    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Connects and does nothing else. */
    static RawClient connect(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    /** Speaks through a socket that is connected. */
    static RawClient through(Socket socket) throws IOException {
        return new RawClient(socket);
    }

    /** Connects with a receive buffer that does not grow, so that the server notices soon when this client does not read. */
    static RawClient connectNarrow(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(64 * 1024);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return new RawClient(socket);
    }

    /** Upgrades as a decent client does. */
    RawClient upgrade() throws IOException {
        String head = request("GET /?token=ticket-raw HTTP/1.1", "Sec-WebSocket-Key: " + KEY);
        assertThat(head).startsWith("HTTP/1.1 101 ");
        return this;
    }

    /** Sends a request for a WebSocket and returns the head of the response. */
    String request(String requestLine, String... moreHeaders) throws IOException {
        return plainRequest(
                requestLine
                        + "\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade"
                        + "\r\nSec-WebSocket-Version: 13",
                moreHeaders);
    }

    String plainRequest(String requestLine, String... headers) throws IOException {
        StringBuilder request = new StringBuilder(requestLine);
        for (String header : headers) {
            request.append("\r\n").append(header);
        }
        send(request.append("\r\n\r\n").toString().getBytes(ISO_8859_1));
        return head();
    }

    void send(byte[]... parts) throws IOException {
        out.write(ClientFrames.concat(parts));
        out.flush();
    }

    /** Reads up to the empty line. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(in.readUnsignedByte());
        }
        return head.toString(ISO_8859_1);
    }

    String body(int length) throws IOException {
        return new String(in.readNBytes(length), UTF_8);
    }

    /** Reads a frame and checks what every server frame must be. */
    Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        assertThat(first & 0x70).as("reserved bits").isZero();
        assertThat(length & 0x80).as("a server masks nothing").isZero();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        return new Frame(first & 0x0F, new String(in.readNBytes(length), ISO_8859_1));
    }

    /** Reads a frame that must be text. */
    String readText() throws IOException {
        Frame frame = read();
        assertThat(frame.opcode()).isEqualTo(Frames.TEXT);
        return frame.text();
    }

    /** Reads on until a close frame, whatever comes before it, and says what stands in it. */
    String readClose() throws IOException {
        Frame frame = read();
        while (frame.opcode() != Frames.CLOSE) {
            frame = read();
        }
        return frame.closeText();
    }

    /** Waits for the end of the connection, whatever comes before it; a reset is an end too. */
    void awaitEnd() throws IOException {
        try {
            while (in.read() >= 0) {
                // What came before the end is of no interest.
            }
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    boolean isAtEnd() throws IOException {
        try {
            read();
            return false;
        } catch (EOFException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /**
     * A frame from the server.
     *
     * @param opcode its opcode
     * @param content its payload, a character for each byte
     */
    record Frame(int opcode, String content) {

        String text() {
            return new String(content.getBytes(ISO_8859_1), UTF_8);
        }

        String closeText() {
            return content.isEmpty() ? "" : ((content.charAt(0) << 8) | content.charAt(1)) + " " + content.substring(2);
        }
    }
}
