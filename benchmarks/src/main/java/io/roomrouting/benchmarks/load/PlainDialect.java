package io.roomrouting.benchmarks.load;

/**
 * Messages of {@code room.v1}, which a server that understands nothing can send on as well.
 *
 * @param path where to connect
 * @param protocols the sub-protocols to offer; empty for none
 */
record PlainDialect(String path, String protocols) implements Dialect {

    private static final byte[] HEAD = Dialect.ascii("{\"event\":\"m\",\"data\":\"");
    private static final byte[] TAIL = Dialect.ascii("\"}");

    static Dialect withTicket(String ticket) {
        return new PlainDialect("/", "room.v1, ticket." + ticket);
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
        return true;
    }

    @Override
    public Heard hear(char first, char second) {
        return Heard.NOTHING;
    }
}
