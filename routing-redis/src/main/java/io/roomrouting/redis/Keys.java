package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The names of all keys under one prefix. The prefix is their hash tag, so that a Redis Cluster keeps them together and a script
 * can use all of them.
 */
final class Keys {

    private final String tag;
    private final List<byte[]> registry;

    Keys(String prefix) {
        tag = "{" + prefix + "}:";
        registry = Stream.of("nothing", "meta", "leases", "hosts", "past", "names", "claims", "rooms")
                .map(this::key)
                .toList();
    }

    /** In the order in which the scripts expect them. */
    List<byte[]> registry(List<RoomId> rooms) {
        List<byte[]> all = new ArrayList<>(registry);
        rooms.forEach(room -> all.add(key("room:" + room)));
        return all;
    }

    List<byte[]> state(RoomId room) {
        return List.of(key("nothing"), key("state:" + room));
    }

    private byte[] key(String name) {
        return (tag + name).getBytes(UTF_8);
    }
}
