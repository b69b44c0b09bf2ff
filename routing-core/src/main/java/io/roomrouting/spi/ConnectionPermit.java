package io.roomrouting.spi;

/** A place among the connections of one network address; given back once when the connection ends. */
@FunctionalInterface
public interface ConnectionPermit extends AutoCloseable {

    /** Gives the place back; the second time does nothing. */
    @Override
    void close();
}
