package io.roomrouting.redis;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Describes a {@link RedisDatabase}. Everything has a default. Not thread-safe. */
public final class RedisDatabaseBuilder {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");

    final RedisUri uri;
    String prefix = "rooms";
    Duration timeout = Duration.ofSeconds(3);
    int connections = 8;
    private @Nullable SSLSocketFactory sockets;

    RedisDatabaseBuilder(RedisUri uri) {
        this.uri = uri;
    }

    /**
     * Sets what all keys begin with, in braces; by default {@code rooms}. A fleet has one, and shares no Redis with another
     * fleet of the same prefix.
     *
     * @param value 1 to 64 characters of {@code A-Z a-z 0-9 _ . : -}
     * @return this
     */
    public RedisDatabaseBuilder prefix(String value) {
        prefix = value;
        return this;
    }

    /**
     * Sets how long a call may take, connecting included; by default 3 s.
     *
     * @param value 100 ms to 1 min; well below a third of the hosts' lease
     * @return this
     */
    public RedisDatabaseBuilder timeout(Duration value) {
        timeout = value;
        return this;
    }

    /**
     * Sets how many connections there may be at a time; by default 8. A call uses one, and waits for one within its time-out.
     *
     * @param value 1 to 1,000
     * @return this
     */
    public RedisDatabaseBuilder connections(int value) {
        connections = value;
        return this;
    }

    /**
     * Sets what makes connections by TLS, for a private certificate authority or a client's certificate; by default what the
     * JDK trusts. The server's certificate has to name its host in any case.
     *
     * @param value makes sockets
     * @return this
     */
    public RedisDatabaseBuilder tls(SSLSocketFactory value) {
        sockets = value;
        return this;
    }

    /**
     * Makes the database. Connects to nobody.
     *
     * @return the database
     * @throws IllegalArgumentException if a setting is out of bounds, or TLS is set up for a URI without it
     */
    public RedisDatabase build() {
        Settings.check("timeout", timeout, Duration.ofMillis(100), Duration.ofMinutes(1));
        Settings.check("connections", connections, 1, 1_000);
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix is not 1 to 64 characters of A-Z a-z 0-9 _ . : -");
        }
        if (sockets != null && !uri.secure()) {
            throw new IllegalArgumentException("TLS is set up, but the URI does not begin with rediss://");
        }
        return new RedisDatabase(this);
    }

    Optional<SSLSocketFactory> tls() {
        if (!uri.secure()) {
            return Optional.empty();
        }
        return Optional.of(sockets != null ? sockets : (SSLSocketFactory) SSLSocketFactory.getDefault());
    }
}
