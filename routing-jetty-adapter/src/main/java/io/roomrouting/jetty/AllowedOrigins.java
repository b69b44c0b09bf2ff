package io.roomrouting.jetty;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The web pages that may talk to a server from a browser, by their exact origin. Immutable and thread-safe.
 *
 * <p>There are no patterns on purpose: a pattern that matches more than was meant is found by those who look for it.
 */
public final class AllowedOrigins {

    private static final AllowedOrigins NONE = new AllowedOrigins(Set.of());

    private final Set<String> origins;

    private AllowedOrigins(Set<String> origins) {
        this.origins = origins;
    }

    /**
     * Allows no foreign page.
     *
     * @return an empty list
     */
    public static AllowedOrigins none() {
        return NONE;
    }

    /**
     * Allows these origins.
     *
     * @param origins each as {@code scheme://host} or {@code scheme://host:port}, for example
     *     {@code https://chat.example.com}
     * @return the list
     * @throws IllegalArgumentException if one is not an origin; {@code *} and {@code null} are none
     */
    public static AllowedOrigins of(Collection<String> origins) {
        return new AllowedOrigins(
                origins.stream().map(AllowedOrigins::normalized).collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Allows these origins.
     *
     * @param origins as for {@link #of(Collection)}
     * @return the list
     * @throws IllegalArgumentException if one is not an origin
     */
    public static AllowedOrigins of(String... origins) {
        return of(Arrays.asList(origins));
    }

    /**
     * Says whether a page may talk to the server.
     *
     * @param origin the value of its {@code Origin} header
     * @return true if it is on the list
     */
    public boolean allow(String origin) {
        return origins.contains(origin);
    }

    /**
     * Says whether there is nothing on the list.
     *
     * @return true if no origin is allowed
     */
    public boolean isEmpty() {
        return origins.isEmpty();
    }

    @Override
    public String toString() {
        return origins.toString();
    }

    /** Writes an origin as browsers do: in lower case, without the scheme's own port. */
    private static String normalized(String origin) {
        try {
            URI uri = new URI(origin.strip().toLowerCase(Locale.ROOT));
            String scheme = uri.getScheme();
            boolean bare = (uri.getRawPath() == null
                            || uri.getRawPath().isEmpty()
                            || uri.getRawPath().equals("/"))
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && uri.getRawUserInfo() == null;
            if (scheme != null && uri.getHost() != null && bare) {
                boolean usual = uri.getPort() == usualPort(scheme) || uri.getPort() < 0;
                return scheme + "://" + uri.getHost() + (usual ? "" : ":" + uri.getPort());
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(refusal(origin), e);
        }
        throw new IllegalArgumentException(refusal(origin));
    }

    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> -1;
        };
    }

    private static String refusal(String origin) {
        return "\"" + origin + "\" is not an origin: scheme://host or scheme://host:port, such as https://example.com";
    }
}
