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
 * of a load run share a thread. The text of a message is 19 digits of nanoTime and padding; its sender's clock is ours.
 */
final class LoadClient {

    /** The servers' pings are empty, too. */
    private static final byte[] EMPTY_PONG = {(byte) 0x8a, (byte) 0x80, 0, 0, 0, 0};

    private static final int MESSAGE_BYTES = 128;
    private static final int DIGITS = 19;

    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocateDirect(1 << 16);
    private final Dialect dialect;
    private final boolean sender;
    private boolean upgraded;
    private boolean in;

    private LoadClient(SocketChannel channel, Dialect dialect, boolean sender) {
        this.channel = channel;
        this.dialect = dialect;
        this.sender = sender;
    }

    /** Connects and asks for the upgrade; the answer is read later. */
    static LoadClient connect(int port, Dialect dialect, boolean sender, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        String request = "GET " + dialect.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                + (dialect.protocols().isEmpty() ? "" : "Sec-WebSocket-Protocol: " + dialect.protocols() + "\r\n")
                + "\r\n";
        channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
        channel.configureBlocking(false);
        LoadClient client = new LoadClient(channel, dialect, sender);
        channel.register(selector, SelectionKey.OP_READ, client);
        return client;
    }

    boolean isSender() {
        return sender;
    }

    /** Says whether it is in its room. */
    boolean isIn() {
        return in;
    }

    /** Sends one message; a load client never sends so much that its own socket fills. */
    void send(long nanoTime) throws IOException {
        byte[] tail = dialect.tail();
        ByteBuffer text = ByteBuffer.allocate(MESSAGE_BYTES);
        text.put(dialect.head());
        String digits = Long.toString(nanoTime);
        text.put(Dialect.ascii("0".repeat(DIGITS - digits.length()))).put(Dialect.ascii(digits));
        while (text.remaining() > tail.length) {
            text.put((byte) 'x');
        }
        say(text.put(tail).array());
    }

    private void say(byte[] text) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(text.length + 8);
        frame.put((byte) 0x81);
        if (text.length < 126) {
            frame.put((byte) (0x80 | text.length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) text.length);
        }
        frame.putInt(0).put(text).flip();
        while (frame.hasRemaining()) {
            channel.write(frame);
        }
    }

    /** Reads what has come. */
    void read(Receiver receiver) throws IOException {
        if (channel.read(input) < 0) {
            throw new EOFException("the server closed a connection");
        }
        input.flip();
        if (!upgraded) {
            readUpgrade();
        }
        if (upgraded) {
            readFrames(receiver);
        }
        input.compact();
    }

    private void readUpgrade() throws IOException {
        for (int i = input.position() + 3; i < input.limit(); i++) {
            if (input.get(i) == '\n' && input.get(i - 2) == '\n') {
                byte[] head = new byte[i + 1 - input.position()];
                input.get(head);
                String status = new String(head, StandardCharsets.US_ASCII);
                if (!status.startsWith("HTTP/1.1 101")) {
                    throw new IOException(
                            "no upgrade: " + status.lines().findFirst().orElse(""));
                }
                upgraded = true;
                in = dialect.isInAtOnce();
                return;
            }
        }
    }

    private void readFrames(Receiver receiver) throws IOException {
        while (input.remaining() >= 2) {
            int start = input.position();
            int opcode = input.get(start) & 0x0f;
            int length = input.get(start + 1) & 0x7f;
            int header = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (input.remaining() < header) {
                return;
            }
            if (length == 126) {
                length = input.getShort(start + 2) & 0xffff;
            } else if (length == 127) {
                length = (int) input.getLong(start + 2);
            }
            if (input.remaining() < header + length) {
                return;
            }
            if (opcode == 8) {
                throw new EOFException(
                        "the server closed a connection with " + (input.getShort(start + header) & 0xffff));
            }
            if (opcode == 9) {
                channel.write(ByteBuffer.wrap(EMPTY_PONG));
            }
            if (opcode == 1 && length > 0) {
                readText(start + header, length, receiver);
            }
            input.position(start + header + length);
        }
    }

    private void readText(int start, int length, Receiver receiver) throws IOException {
        if (in && length >= MESSAGE_BYTES / 2) {
            receiver.received(this, digits(start + dialect.head().length));
            return;
        }
        Dialect.Heard heard = dialect.hear(character(start), length > 1 ? character(start + 1) : 0);
        in |= heard.in();
        if (heard.answer().isPresent()) {
            say(heard.answer().get());
        }
    }

    private char character(int at) {
        return (char) input.get(at);
    }

    private long digits(int from) {
        long value = 0;
        for (int i = from; i < from + DIGITS; i++) {
            value = value * 10 + input.get(i) - '0';
        }
        return value;
    }

    /** Is told of every message. */
    interface Receiver {
        void received(LoadClient client, long sentAt) throws IOException;
    }
}
