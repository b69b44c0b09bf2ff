package io.roomrouting.redis;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs the scripts of one registry, with what all of them are told. */
final class RegistryScripts {

    private static final Duration SETTLING_RETRY = Duration.ofSeconds(1);
    private static final Duration FULL_RETRY = Duration.ofSeconds(10);

    private final RedisDatabase database;
    private final Duration settleTime;
    private final Duration retention;

    RegistryScripts(RedisDatabase database, Duration settleTime, Duration retention) {
        this.database = database;
        this.settleTime = settleTime;
        this.retention = retention;
    }

    Reply run(Script script, Object... arguments) {
        return run(script, List.of(), arguments);
    }

    /** About one room, whose id is the first argument. */
    Reply runOn(RoomId room, Script script, Object... arguments) {
        return settled(run(script, List.of(room), withRoom(room, arguments)));
    }

    /** The same, where running it twice does harm. */
    Reply runOnceOn(RoomId room, Script script, Object... arguments) {
        return settled(database.registryOnce(script, room, told(withRoom(room, arguments))));
    }

    Reply run(Script script, List<RoomId> rooms, Object... arguments) {
        return database.registry(script, rooms, told(arguments));
    }

    private static Object[] withRoom(RoomId room, Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add(0, room);
        return all.toArray();
    }

    private Object[] told(Object... arguments) {
        List<Object> all = new ArrayList<>(List.of(settleTime.toMillis(), retention.toMillis()));
        all.addAll(List.of(arguments));
        return all.toArray();
    }

    private static Reply settled(Reply reply) {
        if (reply.word().equals("SETTLING")) {
            throw RoutingException.unavailable(
                    ErrorCode.REGISTRY_UNAVAILABLE,
                    "Redis has just started or been replaced, and does not know all rooms yet",
                    SETTLING_RETRY);
        }
        return reply;
    }

    static RoutingException full(String what) {
        return RoutingException.unavailable(ErrorCode.OVERLOADED, "the registry takes no more " + what, FULL_RETRY);
    }
}
