package io.roomrouting;

/**
 * The number of an ownership: given by the {@link RoomRegistry}, strictly larger for every new owner of a room.
 *
 * <p>Whatever carries an older epoch than the newest one seen is refused; that is how a former owner is fenced.
 *
 * @param value 1 or more
 */
public record Epoch(long value) implements Comparable<Epoch> {

    /**
     * Checks the range.
     *
     * @throws RoutingException.InvalidRequest if the value is not positive
     */
    public Epoch {
        if (value < 1) {
            throw RoutingException.invalid("an epoch is 1 or more");
        }
    }

    /**
     * Says whether this ownership came after the other.
     *
     * @param other the epoch to compare with
     * @return true if this one is strictly larger
     */
    public boolean isNewerThan(Epoch other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Epoch other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
