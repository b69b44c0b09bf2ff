package io.roomrouting.testkit.hms;

import io.roomrouting.TimeSource;
import java.net.InetAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes a {@link FakeHms}. Not thread-safe. */
public final class FakeHmsBuilder {

    final String accessKey;
    final String secret;
    int port;
    String bindAddress = InetAddress.getLoopbackAddress().getHostAddress();
    TimeSource time = TimeSource.system();
    Supplier<@Nullable FakeHmsAnswer> mood = () -> null;

    FakeHmsBuilder(String accessKey, String secret) {
        this.accessKey = accessKey;
        this.secret = secret;
    }

    /**
     * Sets the port; any free one unless set.
     *
     * @param value 1 to 65535, or 0 for any free one
     * @return this builder
     */
    public FakeHmsBuilder port(int value) {
        port = value;
        return this;
    }

    /**
     * Sets the network interface; loopback unless set.
     *
     * @param value a name or an IP address
     * @return this builder
     */
    public FakeHmsBuilder bindAddress(String value) {
        bindAddress = value;
        return this;
    }

    /**
     * Sets the clock that tokens are checked against.
     *
     * @param value the time source
     * @return this builder
     */
    public FakeHmsBuilder time(TimeSource value) {
        time = value;
        return this;
    }

    /**
     * Lets a share of the requests meet with trouble: errors, limits, lost connections and delays.
     *
     * @param share 0 for none to 1 for all
     * @param seed decides which; the same seed, the same sequence
     * @return this builder
     */
    public FakeHmsBuilder trouble(double share, long seed) {
        mood = new Moods(share, seed);
        return this;
    }

    /**
     * Starts the server.
     *
     * @return the running fake
     * @throws java.io.UncheckedIOException if it cannot listen
     */
    public FakeHms start() {
        return new FakeHms(this);
    }
}
