package io.roomrouting.micrometer;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** A counter for each value of one tag. The values are names that the library gives, so there are few. */
final class TaggedCounter {

    private final MeterRegistry registry;
    private final Tags tags;
    private final String name;
    private final String description;
    private final String key;
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();

    TaggedCounter(MeterRegistry registry, Tags tags, String name, String description, String key) {
        this.registry = registry;
        this.tags = tags;
        this.name = name;
        this.description = description;
        this.key = key;
    }

    /** Shows these values at zero from now on. */
    TaggedCounter expecting(Enum<?>... values) {
        return expecting(Arrays.stream(values).map(Enum::name));
    }

    /** Shows these values at zero from now on. */
    TaggedCounter expecting(Stream<String> values) {
        values.forEach(this::counter);
        return this;
    }

    void count(Enum<?> value) {
        count(value.name());
    }

    void count(String value) {
        counter(value).increment();
    }

    private Counter counter(String value) {
        return counters.computeIfAbsent(
                value,
                v -> Counter.builder(name)
                        .description(description)
                        .tags(tags)
                        .tag(key, v)
                        .register(registry));
    }
}
