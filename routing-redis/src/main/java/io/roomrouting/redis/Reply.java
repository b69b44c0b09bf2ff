package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What a script has answered: words and other texts.
 *
 * @param parts byte arrays, or lists of them
 */
record Reply(List<?> parts) {

    static Reply of(Object reply) {
        if (reply instanceof List<?> parts) {
            return new Reply(parts);
        }
        throw new IllegalStateException("a script has answered something else than a list");
    }

    int size() {
        return parts.size();
    }

    /** The first text, which says how the call ended. */
    String word() {
        return text(0);
    }

    String text(int index) {
        return new String(bytes(index), UTF_8);
    }

    int number(int index) {
        return Integer.parseInt(text(index));
    }

    boolean flag(int index) {
        return text(index).equals("1");
    }

    byte[] bytes(int index) {
        if (parts.get(index) instanceof byte[] bytes) {
            return bytes;
        }
        throw new IllegalStateException("a script has answered no text");
    }

    List<String> texts() {
        return parts.stream().map(part -> new String((byte[]) part, UTF_8)).toList();
    }

    /** The lists within the list, from there on. */
    List<Reply> nested(int first) {
        return parts.stream().skip(first).<Reply>map(Reply::of).toList();
    }

    IllegalStateException unexpected() {
        return new IllegalStateException("a script has answered " + word());
    }
}
