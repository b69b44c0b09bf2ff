package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What is wrong in a session that polls. */
enum PollingAttack implements Attack {
    TWO_POLLS {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            try (HostileSocket other = socket.another()) {
                socket.get(sid);
                other.get(sid);
                other.read();
                socket.read();
            }
        }
    },
    TWO_POSTS {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            try (HostileSocket other = socket.another()) {
                socket.write("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                        + " HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n40");
                other.post(sid, Garbage.packet(random));
                other.read();
            }
        }
    },
    POST_AFTER_CLOSE {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            socket.post(sid, "1");
            socket.read();
            socket.post(sid, "40");
            socket.read();
            socket.get(sid);
            socket.read();
        }
    },
    SLOW_BODY {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException, InterruptedException {
            String sid = socket.handshake();
            socket.write("POST /socket.io/?EIO=4&transport=polling&sid=" + sid
                    + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
            for (int i = random.nextInt(40); i > 0; i--) {
                socket.write((byte) '4');
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    },
    HUGE_BODY {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            String head = "POST /socket.io/?EIO=4&transport=polling&sid=" + sid + " HTTP/1.1\r\nHost: h\r\n";
            boolean chunked = random.nextBoolean();
            socket.write(
                    head + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "Content-Length: 9000000000\r\n\r\n"));
            byte[] piece = new byte[1 << 16];
            for (int i = 0; i < 20; i++) {
                socket.write(chunked ? "10000\r\n" : "");
                socket.write(piece);
                socket.write(chunked ? "\r\n" : "");
            }
            socket.read();
        }
    },
    GARBAGE_BODY {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            if (random.nextBoolean()) {
                socket.post(sid, Garbage.bytes(random, 2_000));
            } else {
                socket.post(sid, Garbage.packet(random) + "\u001e" + Garbage.packet(random));
            }
            socket.read();
            socket.get(sid);
            socket.read();
        }
    },
    ABORTED_POLL {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = socket.handshake();
            try (HostileSocket other = socket.another()) {
                other.get(sid);
                other.end(random.nextBoolean());
            }
            socket.post(sid, "40");
            socket.read();
        }
    },
    FORSAKEN {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.handshake();
        }
    }
}
