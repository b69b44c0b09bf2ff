package io.roomrouting.examples.engines;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Redis.
 *
 * @param scheme {@code redis} or {@code rediss}
 * @param place hosts and number, without user and password
 * @param login as whom
 */
public record RedisUrl(String scheme, String place, Login login) implements EngineUrl {

    /** How URLs look, in the words of an error message and the help. */
    static final String FORM = "redis://host:6379/0 (rediss:// for TLS)";

    private static final Pattern URL = Pattern.compile(
            "(?<scheme>rediss?)://(?:(?<user>[^@/:]*)(?::(?<password>[^@/]*))?@)?(?<place>[^@/?#]+(?:/\\d{0,5})?)");

    static boolean isRedis(String text) {
        return text.startsWith("redis:") || text.startsWith("rediss:");
    }

    static RedisUrl of(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new IllegalArgumentException("not a URL of Redis");
        }
        Login login = new Login(
                Optional.ofNullable(url.group("user")).flatMap(PercentEncoding::decoded),
                Optional.ofNullable(url.group("password")).flatMap(PercentEncoding::decoded));
        return new RedisUrl(url.group("scheme"), url.group("place"), login);
    }

    RedisUrl withLogin(Login other) {
        return new RedisUrl(scheme, place, other);
    }

    /** Holds the password. */
    String withSecrets() {
        String user = login.user().map(RedisUrl::encoded).orElse("");
        String password = login.password().map(text -> ":" + encoded(text)).orElse("");
        String credentials = user.isEmpty() && password.isEmpty() ? "" : user + password + "@";
        return scheme + "://" + credentials + place;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return scheme + "://" + place;
    }
}
