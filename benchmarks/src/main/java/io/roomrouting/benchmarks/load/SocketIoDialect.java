package io.roomrouting.benchmarks.load;

/**
 * Socket.IO 5 on Engine.IO 4, over a WebSocket from the beginning.
 *
 * @param path where to connect
 * @param connect the packet that enters the main namespace
 */
record SocketIoDialect(String path, String connect) implements Dialect {

    private static final String PATH = "/socket.io/?EIO=4&transport=websocket";
    private static final byte[] HEAD = Dialect.ascii("42[\"m\",\"");
    private static final byte[] TAIL = Dialect.ascii("\"]");
    private static final Heard PING = Heard.answeredBy("3");

    static Dialect withTicket(String ticket) {
        return new SocketIoDialect(PATH, "40{\"ticket\":\"" + ticket + "\"}");
    }

    /** For a server that takes a client's word for where it belongs. */
    static Dialect withRoom(String room) {
        return new SocketIoDialect(PATH + "&room=" + room, "40");
    }

    @Override
    public String protocols() {
        return "";
    }

    @Override
    public byte[] head() {
        return HEAD;
    }

    @Override
    public byte[] tail() {
        return TAIL;
    }

    @Override
    public boolean isInAtOnce() {
        return false;
    }

    @Override
    public Heard hear(char first, char second) {
        return switch (first) {
            case '0' -> Heard.answeredBy(connect);
            case '2' -> PING;
            case '4' -> message(second);
            default -> Heard.NOTHING;
        };
    }

    private static Heard message(char type) {
        return switch (type) {
            case '0' -> Heard.WELCOME;
            case '4' -> throw new IllegalStateException("the server refused a client");
            default -> Heard.NOTHING;
        };
    }
}
