package io.roomrouting.benchmarks.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One WebSocket client, as cheap as can be: no masking (a mask of zero is one), no JSON, one look at each frame. All clients
 * of a load run share a thread.
 */
final class LoadClient {

    /** A message is {@code {"event":"m","data":"<19 digits of nanoTime><padding>"}}; its sender's clock is ours. */
    private static final byte[] HEAD = "{\"event\":\"m\",\"data\":\"".getBytes(StandardCharsets.US_ASCII);

    /** The servers' pings are empty, too. */
    private static final byte[] EMPTY_PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private static final int MESSAGE_BYTES = 128;
    private static final int DIGITS = 19;

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 16);
    private final boolean sender;
    private boolean upgraded;

    private LoadClient(SocketChannel channel, boolean sender) {
        this.channel = channel;
        this.sender = sender;
    }

    /** Connects and asks for the upgrade; the answer is read later. */
    static LoadClient connect(int port, String path, String protocols, boolean sender, Selector selector)
            throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + (protocols.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocols + "\r\n") + "\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        LoadClient client = new LoadClient(channel, sender);
        channel.register(selector, SelectionKey.OP_READ, client);
        return client;
    }

    boolean isSender() {
        return sender;
    }

    boolean isUpgraded() {
        return upgraded;
    }

    /** Sends one message; a load client never sends so much that its own socket fills. */
    void send(long nanoTime) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(MESSAGE_BYTES + 8);
        frame.put((byte) 0x81)
                .put((byte) (0x80 | 126))
                .putShort((short) MESSAGE_BYTES)
                .putInt(0);
        frame.put(HEAD);
        String digits = Long.toString(nanoTime);
        frame.put("0".repeat(DIGITS - digits.length()).getBytes(StandardCharsets.US_ASCII));
        frame.put(digits.getBytes(StandardCharsets.US_ASCII));
        while (frame.remaining() > 2) {
            frame.put((byte) 'x');
        }
        frame.put((byte) '"').put((byte) '}').flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** Reads what has come. */
    void read(Receiver receiver) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed a connection");
        }
        in.flip();
        if (!upgraded) {
            readUpgrade();
        }
        if (upgraded) {
            readFrames(receiver);
        }
        in.compact();
    }

    private void readUpgrade() throws IOException {
        for (int i = in.position() + 3; i < in.limit(); i++) {
            if (in.get(i) == '\n' && in.get(i - 2) == '\n') {
                byte[] head = new byte[i + 1 - in.position()];
                in.get(head);
                String status = new String(head, StandardCharsets.US_ASCII);
                if (!status.startsWith("HTTP/1.1 101")) {
                    throw new IOException(
                            "no upgrade: " + status.lines().findFirst().orElse(""));
                }
                upgraded = true;
                return;
            }
        }
    }

    private void readFrames(Receiver receiver) throws IOException {
        while (in.remaining() >= 2) {
            int start = in.position();
            int opcode = in.get(start) & 0x0f;
            int length = in.get(start + 1) & 0x7f;
            int header = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (in.remaining() < header) {
                return;
            }
            if (length == 126) {
                length = in.getShort(start + 2) & 0xffff;
            } else if (length == 127) {
                length = (int) in.getLong(start + 2);
            }
            if (in.remaining() < header + length) {
                return;
            }
            if (opcode == 8) {
                throw new EOFException("the server closed a connection with " + (in.getShort(start + header) & 0xffff));
            }
            if (opcode == 9) {
                channel.write(ByteBuffer.wrap(EMPTY_PONG));
            }
            if (opcode == 1 && length >= MESSAGE_BYTES / 2) {
                receiver.received(this, digits(start + header + HEAD.length));
            }
            in.position(start + header + length);
        }
    }

    private long digits(int from) {
        long value = 0;
        for (int i = from; i < from + DIGITS; i++) {
            value = value * 10 + in.get(i) - '0';
        }
        return value;
    }

    /** Is told of every message. */
    interface Receiver {
        void received(LoadClient client, long sentAt) throws IOException;
    }
}
