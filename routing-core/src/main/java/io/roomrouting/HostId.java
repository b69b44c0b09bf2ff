package io.roomrouting;

import io.roomrouting.internal.Hash64;

/**
 * The stable name of a session host, the same across its restarts: 1 to 255 printable ASCII characters without blanks.
 *
 * <p>Carries a 64-bit hash of the name, computed once, so that placing a room over many hosts costs no string work.
 */
public final class HostId {

    private final String value;
    private final long hash64;

    private HostId(String value) {
        this.value = value;
        this.hash64 = Hash64.of(value);
    }

    /**
     * Returns the host id with this value.
     *
     * @param value 1 to 255 printable ASCII characters without blanks, for example {@code eu-1} or
     *     {@code localhost:8000}
     * @return the id
     * @throws RoutingException.InvalidRequest if the value is not a host id
     */
    public static HostId of(String value) {
        if (value.isEmpty() || value.length() > 255 || !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw RoutingException.invalid("a host id is 1 to 255 printable ASCII characters without blanks");
        }
        return new HostId(value);
    }

    /**
     * Returns the name.
     *
     * @return the name
     */
    public String value() {
        return value;
    }

    /**
     * Returns a well-mixed 64-bit hash of the name, equal in every process.
     *
     * @return the hash
     */
    public long hash64() {
        return hash64;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostId that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
