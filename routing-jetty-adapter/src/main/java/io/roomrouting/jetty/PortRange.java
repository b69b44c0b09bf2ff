package io.roomrouting.jetty;

/**
 * The ports from one to another, both included.
 *
 * @param first the smallest, 1 to 65535
 * @param last the largest, not smaller than the first; at most {@value #MOST} ports in all
 */
public record PortRange(int first, int last) {

    /** How many ports a range has at most. */
    public static final int MOST = 1_000;

    private static final int LARGEST = 65_535;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a port is none, the order is wrong, or there are too many
     */
    public PortRange {
        if (first < 1 || last > LARGEST || first > last || last - first >= MOST) {
            throw new IllegalArgumentException("ports " + first + "-" + last + ": must be from 1 to " + LARGEST
                    + ", the smaller one first, and at most " + MOST);
        }
    }

    /**
     * Reads a range.
     *
     * @param text two ports with a hyphen between, such as {@code 34000-34050}, or one port
     * @return the range
     * @throws IllegalArgumentException if the text is anything else, or a bound is exceeded
     */
    public static PortRange parse(String text) {
        String[] ends = text.split("-", -1);
        if (ends.length > 2) {
            throw new IllegalArgumentException("more than two ports");
        }
        return new PortRange(number(ends[0]), number(ends[ends.length - 1]));
    }

    private static int number(String text) {
        return Integer.parseInt(text.strip());
    }

    /**
     * Returns how many ports there are.
     *
     * @return 1 to {@value #MOST}
     */
    public int size() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
