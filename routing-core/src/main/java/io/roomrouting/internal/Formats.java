package io.roomrouting.internal;

import io.roomrouting.spi.WireFormat;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** The formats that a host's transports speak, by name. Thread-safe. */
final class Formats {

    private static final int MAX_FORMATS = 100;

    private final ConcurrentMap<String, WireFormat> byName = new ConcurrentHashMap<>();

    /** Adds a format; a later one of the same name is ignored. */
    void add(WireFormat format) {
        WireFormat known = byName.putIfAbsent(format.name(), format);
        if (known == null && byName.size() > MAX_FORMATS) {
            byName.remove(format.name(), format);
            throw new IllegalStateException("a host speaks at most " + MAX_FORMATS + " formats");
        }
    }

    @Nullable WireFormat named(String name) {
        return byName.get(name);
    }
}
