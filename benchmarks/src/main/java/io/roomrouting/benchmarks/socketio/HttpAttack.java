package io.roomrouting.benchmarks.socketio;

import java.io.IOException;
import java.util.Random;

/** What is wrong before there is a session. */
enum HttpAttack implements Attack {
    RANDOM_BYTES {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            socket.write(Garbage.bytes(random, 4_096));
            socket.read();
        }
    },
    HALF_REQUEST {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String whole = "GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: h\r\nX: y\r\n";
            socket.write(whole.substring(0, 1 + random.nextInt(whole.length() - 1)));
            socket.read();
        }
    },
    FORGED_SID {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String sid = Garbage.sid(random);
            switch (random.nextInt(3)) {
                case 0 -> socket.get(sid);
                case 1 -> socket.post(sid, Garbage.packet(random));
                default -> socket.webSocket(sid);
            }
            socket.read();
        }
    },
    STRANGE_REQUEST {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            String[] queries = {
                "",
                "?EIO=3&transport=polling",
                "?EIO=4",
                "?EIO=4&transport=%zz",
                "?EIO=4&transport=webtransport",
                "?EIO=4&EIO=4&transport=polling&transport=websocket",
                "?" + "a".repeat(6_000)
            };
            String[] methods = {"GET", "PUT", "DELETE", "OPTIONS", "HEAD", "POST"};
            socket.write(methods[random.nextInt(methods.length)] + " /socket.io/"
                    + queries[random.nextInt(queries.length)] + " HTTP/1.1\r\nHost: h\r\nOrigin: \u0001\r\n\r\n");
            socket.read();
        }
    },
    LEAVES_AT_ONCE {
        @Override
        public void run(HostileSocket socket, Random random) throws IOException {
            if (random.nextBoolean()) {
                socket.get("");
            } else {
                socket.askForWebSocket("");
            }
        }
    }
}
