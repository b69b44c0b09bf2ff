package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.socketio.engine.RandomIds;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Names events and connections, each differently: by a number behind 48 random bits, so that another host, or this one after a restart,
 * does not give the same name. No secret. Thread-safe.
 */
final class Offsets {

    private static final int PREFIX = 8;

    private final String prefix = new RandomIds(new SecureRandom()).next().substring(0, PREFIX);
    private final AtomicLong last = new AtomicLong();

    /** Says whether clients would take the last of these arguments for an offset. */
    static boolean couldBeLast(List<?> arguments) {
        Object last = arguments.isEmpty() ? null : arguments.get(arguments.size() - 1);
        return last instanceof CharSequence || (last instanceof JsonNode node && node.isTextual());
    }

    /** Adds an argument that is none. */
    static List<?> notLast(List<?> arguments) {
        List<@Nullable Object> more = new ArrayList<>(arguments);
        more.add(null);
        return more;
    }

    String next() {
        return prefix + Long.toString(last.incrementAndGet(), Character.MAX_RADIX);
    }
}
