package io.roomrouting.hathora;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Hathora runs processes. */
public enum HathoraRegion {
    /** North America, Pacific coast. */
    SEATTLE("Seattle", 47.6, -122.3),
    /** North America, Pacific coast. */
    LOS_ANGELES("Los_Angeles", 34.1, -118.2),
    /** North America, Atlantic coast. */
    WASHINGTON_DC("Washington_DC", 38.9, -77.0),
    /** North America, Great Lakes. */
    CHICAGO("Chicago", 41.9, -87.6),
    /** Western Europe. */
    LONDON("London", 51.5, -0.1),
    /** Central Europe. */
    FRANKFURT("Frankfurt", 50.1, 8.7),
    /** South Asia. */
    MUMBAI("Mumbai", 19.1, 72.9),
    /** South-east Asia. */
    SINGAPORE("Singapore", 1.4, 103.8),
    /** East Asia. */
    TOKYO("Tokyo", 35.7, 139.7),
    /** Australia. */
    SYDNEY("Sydney", -33.9, 151.2),
    /** South America. */
    SAO_PAULO("Sao_Paulo", -23.6, -46.6),
    /** North America, south. */
    DALLAS("Dallas", 32.8, -96.8),
    /** Southern Africa. */
    JOHANNESBURG("Johannesburg", -26.2, 28.0),
    /** Middle East. */
    DUBAI("Dubai", 25.2, 55.3);

    private static final Pattern COORDINATES =
            Pattern.compile("\\s*(-?\\d{1,2}(?:\\.\\d{1,8})?)\\s*,\\s*(-?\\d{1,3}(?:\\.\\d{1,8})?)\\s*");

    private final String wireName;
    private final double latitude;
    private final double longitude;

    HathoraRegion(String wireName, double latitude, double longitude) {
        this.wireName = wireName;
        this.latitude = latitude;
        this.longitude = longitude;
    }

    /**
     * Returns the region as Hathora spells it.
     *
     * @return for example {@code Los_Angeles}
     */
    public String wireName() {
        return wireName;
    }

    /**
     * Finds a region by its name.
     *
     * @param name without regard to case, with blanks or hyphens instead of underscores if you like
     * @return the region; empty if there is none of that name
     */
    public static Optional<HathoraRegion> named(String name) {
        String wanted = name.strip().replace(' ', '_').replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(region -> region.name().equals(wanted))
                .findFirst();
    }

    /**
     * Finds the region for what a client says of itself.
     *
     * @param hint a region's name, as for {@link #named}, or where the client is, {@code latitude,longitude} in degrees, as
     *     {@code 48.1,11.6}; what a client wishes as {@link io.roomrouting.RoomSpec#region()} is read so
     * @return the region; empty if the hint is neither
     */
    public static Optional<HathoraRegion> near(String hint) {
        Matcher matcher = COORDINATES.matcher(hint);
        if (!matcher.matches()) {
            return named(hint);
        }
        double north = Double.parseDouble(matcher.group(1));
        double east = Double.parseDouble(matcher.group(2));
        return Math.abs(north) <= 90 && Math.abs(east) <= 180 ? Optional.of(nearest(north, east)) : Optional.empty();
    }

    /**
     * Finds the region at the shortest distance over the globe.
     *
     * @param latitude degrees north, -90 to 90
     * @param longitude degrees east, -180 to 180
     * @return the nearest region
     * @throws IllegalArgumentException if that is no place on the globe
     */
    public static HathoraRegion nearest(double latitude, double longitude) {
        boolean onTheGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
        if (!onTheGlobe) {
            throw new IllegalArgumentException(
                    "latitude, longitude = " + latitude + ", " + longitude + " is not within -90 to 90, -180 to 180");
        }
        return Arrays.stream(values())
                .min(Comparator.comparingDouble(region -> region.angleTo(latitude, longitude)))
                .orElseThrow();
    }

    /** The haversine of the angle between the two places, which grows with the distance. */
    private double angleTo(double north, double east) {
        double upwards = Math.sin(Math.toRadians(north - latitude) / 2);
        double sideways = Math.sin(Math.toRadians(east - longitude) / 2);
        return upwards * upwards
                + Math.cos(Math.toRadians(north)) * Math.cos(Math.toRadians(latitude)) * sideways * sideways;
    }

    @Override
    public String toString() {
        return wireName;
    }
}
