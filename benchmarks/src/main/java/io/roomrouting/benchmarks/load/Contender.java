package io.roomrouting.benchmarks.load;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A server, and how clients talk to it. */
enum Contender {
    ROOM("room", "room.v1", RoomServer.class) {
        @Override
        Dialect dialect(String room, String ticket) {
            return PlainDialect.withTicket(ticket);
        }
    },
    SOCKET_IO("socketio", "Socket.IO", RoomServer.class) {
        @Override
        Dialect dialect(String room, String ticket) {
            return SocketIoDialect.withTicket(ticket);
        }
    },
    NETTY_SOCKET_IO("netty-socketio", "netty-socketio", NettySocketIoServer.class) {
        @Override
        Dialect dialect(String room, String ticket) {
            return SocketIoDialect.withRoom(room);
        }
    },
    PLAIN_JETTY("plain", "plain Jetty", PlainJettyServer.class) {
        @Override
        Dialect dialect(String room, String ticket) {
            return new PlainDialect("/" + room, "");
        }
    };

    private final String word;
    private final String label;
    private final Class<?> main;

    Contender(String word, String label, Class<?> main) {
        this.word = word;
        this.label = label;
        this.main = main;
    }

    /** How its clients talk. */
    abstract Dialect dialect(String room, String ticket);

    /** What it is called in a table. */
    String label() {
        return label;
    }

    /** The program that serves. */
    Class<?> main() {
        return main;
    }

    /** Reads names such as {@code room,socketio}. */
    static List<Contender> named(String words) {
        return Arrays.stream(words.split(",", -1)).map(Contender::of).distinct().toList();
    }

    private static Contender of(String word) {
        return Arrays.stream(values())
                .filter(contender -> contender.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--servers: " + word + " is not one of "
                        + Arrays.stream(values()).map(each -> each.word).collect(Collectors.joining(","))));
    }
}
