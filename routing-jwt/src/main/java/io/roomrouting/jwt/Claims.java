package io.roomrouting.jwt;

import io.roomrouting.RoutingException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The members of a token's payload, or of an object in it. Whatever is missing or of the wrong kind is told as
 * {@link RoutingException.Unauthenticated}, by the claim's name and never by its value.
 */
final class Claims {

    private final Map<String, Object> members;

    private Claims(Map<String, Object> members) {
        this.members = members;
    }

    static Claims parse(byte[] json) {
        try {
            return new Claims(StrictJson.read(json));
        } catch (IOException e) {
            // Not chained: the parser's messages quote what they could not read.
            throw RoutingException.unauthenticated("the token's payload is not a well-formed JSON object");
        }
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> unusable(name));
    }

    Optional<String> optionalText(String name) {
        return Optional.ofNullable(optional(name, String.class));
    }

    long whole(String name) {
        return optionalWhole(name).orElseThrow(() -> unusable(name));
    }

    OptionalLong optionalWhole(String name) {
        Long value = optional(name, Long.class);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    int small(String name) {
        return optionalSmall(name).orElseThrow(() -> unusable(name));
    }

    OptionalInt optionalSmall(String name) {
        OptionalLong value = optionalWhole(name);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        if (value.getAsLong() != (int) value.getAsLong()) {
            throw unusable(name);
        }
        return OptionalInt.of((int) value.getAsLong());
    }

    boolean flag(String name) {
        Boolean value = optional(name, Boolean.class);
        return value != null && value;
    }

    Claims object(String name) {
        Map<?, ?> value = optional(name, Map.class);
        if (value == null) {
            throw unusable(name);
        }
        return new Claims(asMembers(value));
    }

    /** An object of strings; absent is empty. */
    Map<String, String> texts(String name) {
        Map<?, ?> value = optional(name, Map.class);
        if (value == null) {
            return Map.of();
        }
        if (!value.values().stream().allMatch(String.class::isInstance)) {
            throw unusable(name);
        }
        @SuppressWarnings("unchecked") // StrictJson's names are strings, and the values were just looked at.
        Map<String, String> texts = (Map<String, String>) value;
        return texts;
    }

    /** Whether a claim that is one string or an array of strings holds this one. */
    boolean names(String name, String wanted) {
        Object value = members.get(name);
        return value instanceof List<?> several ? several.contains(wanted) : wanted.equals(value);
    }

    private <T> @Nullable T optional(String name, Class<T> kind) {
        Object value = members.get(name);
        if (value == null) {
            return null;
        }
        if (!kind.isInstance(value)) {
            throw unusable(name);
        }
        return kind.cast(value);
    }

    @SuppressWarnings("unchecked") // StrictJson's objects have strings as names and never a null as value.
    private static Map<String, Object> asMembers(Map<?, ?> object) {
        return (Map<String, Object>) object;
    }

    private static RoutingException unusable(String name) {
        return RoutingException.unauthenticated("the token's claim " + name + " is missing or of the wrong kind");
    }
}
