package io.roomrouting.jetty;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Holds network addresses to a {@link RateLimit}. Thread-safe, without locks.
 *
 * <p>The buckets live in a table of fixed size in which an address has its place by a salted hash. Two addresses may share
 * a bucket, one time in 65,536 and never by choice of a client; no crowd of addresses makes the table grow or pushes an
 * offender out of it. A bucket is one number: the moment at which it will be full again.
 */
final class AddressLimiter {

    private static final int BUCKETS = 1 << 16;
    private static final int IPV4_LENGTH = 4;

    private final TimeSource time;
    private final long start;
    private final long nanosPerToken;
    private final long nanosToFill;
    private final long salt = new SecureRandom().nextLong();
    private final AtomicLongArray fullAt = new AtomicLongArray(BUCKETS);

    AddressLimiter(RateLimit limit, TimeSource time) {
        this.time = time;
        this.start = time.nanoTime();
        this.nanosToFill = limit.per().toNanos();
        this.nanosPerToken = Math.max(1, nanosToFill / limit.requests());
    }

    /**
     * Takes a token.
     *
     * @throws RoutingException.Unavailable with {@link ErrorCode#RATE_LIMITED} if there is none
     */
    void take(SocketAddress remote) {
        int bucket = bucketOf(remote);
        while (true) {
            long now = time.nanoTime() - start;
            long before = fullAt.get(bucket);
            long after = Math.max(before, now) + nanosPerToken;
            long wait = after - now - nanosToFill;
            if (wait > 0) {
                throw RoutingException.unavailable(
                        ErrorCode.RATE_LIMITED, "This address asks too often", Duration.ofNanos(wait));
            }
            if (fullAt.compareAndSet(bucket, before, after)) {
                return;
            }
        }
    }

    private int bucketOf(SocketAddress remote) {
        long hash = (numberOf(remote) ^ salt) * 0x9e3779b97f4a7c15L;
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return (int) (hash >>> 48);
    }

    private static long numberOf(SocketAddress remote) {
        if (remote instanceof InetSocketAddress inet && inet.getAddress() != null) {
            byte[] address = inet.getAddress().getAddress();
            ByteBuffer bytes = ByteBuffer.wrap(address);
            return address.length == IPV4_LENGTH ? bytes.getInt() : bytes.getLong();
        }
        return remote.hashCode();
    }
}
