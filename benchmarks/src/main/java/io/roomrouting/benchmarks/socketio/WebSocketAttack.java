package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** What is wrong on a WebSocket, or on the way to one. */
enum WebSocketAttack implements Attack {
    GARBAGE_PACKETS {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            for (int i = random.nextInt(8); i >= 0; i--) {
                if (random.nextInt(4) == 0) {
                    socket.frame(0x80 | HostileSocket.BINARY, Garbage.bytes(random, 300));
                } else {
                    socket.text((random.nextBoolean() ? "4" : "") + Garbage.packet(random));
                }
            }
            socket.read();
        }
    },
    GARBAGE_FRAMES {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            socket.write(Garbage.bytes(random, 1_000));
            socket.read();
        }
    },
    MISSING_ATTACHMENTS {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            socket.text("40{\"ticket\":\"none\"}");
            socket.read();
            socket.text("45" + (1 + random.nextInt(12)) + "-[\"a\",{\"_placeholder\":true,\"num\":0}]");
            if (random.nextBoolean()) {
                socket.frame(0x80 | HostileSocket.BINARY, Garbage.bytes(random, 100));
            }
            socket.read();
        }
    },
    HUGE_FRAME {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            long[] lengths = {1 << 21, Integer.MAX_VALUE, Long.MAX_VALUE, -1};
            socket.header(0x80 | HostileSocket.TEXT, lengths[random.nextInt(3)]);
            byte[] piece = new byte[1 << 16];
            for (int i = 0; i < 20; i++) {
                socket.write(piece);
            }
        }
    },
    ENDLESS_MESSAGE {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            socket.frame(HostileSocket.TEXT, "4".getBytes(StandardCharsets.US_ASCII));
            byte[] piece = new byte[random.nextBoolean() ? 0 : 1 << 15];
            for (int i = 0; i < 60; i++) {
                socket.frame(0, piece);
            }
            socket.read();
        }
    },
    DEEP_JSON {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            String bracket = random.nextBoolean() ? "[" : "{\"a\":";
            socket.text("42" + "[\"a\"," + bracket.repeat(1 + random.nextInt(100_000)));
            socket.text("40" + "9".repeat(1 + random.nextInt(1_000)));
            socket.read();
        }
    },
    BAD_UTF_8 {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            socket.frame(0x80 | HostileSocket.TEXT, new byte[] {'4', '2', (byte) 0xc3, (byte) 0x28, (byte) 0xff});
            socket.read();
        }
    },
    ZIP_BOMB {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.compressedWebSocket();
            socket.frame(COMPRESSED_TEXT, random.nextInt(4) == 0 ? Garbage.bytes(random, 300) : Garbage.bomb());
            socket.read();
        }
    },
    NO_MASK {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            socket.write((byte) 0x81, (byte) 2, (byte) '4', (byte) '0');
            socket.read();
        }
    },
    UPGRADE_OUT_OF_ORDER {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            String[] words = {"5", "2probe", "3probe", "42[\"a\"]", "1", "2", Garbage.packet(random)};
            try (HostileSocket one = socket.another();
                    HostileSocket two = socket.another()) {
                one.webSocket(sid);
                two.webSocket(sid);
                for (int i = random.nextInt(5); i >= 0; i--) {
                    (random.nextInt(3) == 0 ? two : one).text(words[random.nextInt(words.length)]);
                }
                if (random.nextBoolean()) {
                    socket.get(sid);
                }
                one.read();
            }
        }
    },
    FLOOD_WITHOUT_READING {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.webSocket("");
            String packet = "40/nowhere-" + "x".repeat(200) + ",";
            for (int i = 0; i < 2_000; i++) {
                socket.text(packet);
            }
        }
    };

    private static final int COMPRESSED_TEXT = 0xc0 | HostileSocket.TEXT;
}
