package io.roomrouting.session;

/** What became of a send. Back-pressure is a value, not an exception. */
public enum Delivery {
    /** Taken; it will be written in order unless the connection ends first. */
    ACCEPTED,
    /** Not taken: there is too much waiting already. */
    SATURATED,
    /** Not taken: the other side is gone. */
    CLOSED
}
