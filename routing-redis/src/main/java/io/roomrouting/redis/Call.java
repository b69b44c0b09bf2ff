package io.roomrouting.redis;

import io.roomrouting.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/** One call of the library until its deadline, which may take several attempts. For one thread. */
final class Call {

    private final Lines lines;
    private final Script script;
    private final List<byte[]> keys;
    private final List<byte[]> arguments;
    private final boolean repeatable;
    private final Deadline deadline;

    private Optional<HostAndPort> asked = Optional.empty();
    private boolean mayHaveRun;
    private boolean mayTurn = true;

    Call(Lines lines, Script script, List<byte[]> keys, List<byte[]> arguments, boolean repeatable, Deadline deadline) {
        this.lines = lines;
        this.script = script;
        this.keys = keys;
        this.arguments = arguments;
        this.repeatable = repeatable;
        this.deadline = deadline;
    }

    Object run() {
        while (true) {
            HostAndPort node = lines.current();
            try {
                return attempt();
            } catch (JedisAskDataException e) {
                asked = Optional.of(e.getTargetNode());
            } catch (JedisMovedDataException e) {
                asked = Optional.empty();
                lines.moveTo(e.getTargetNode());
            } catch (JedisException e) {
                RedisFailure failure = RedisFailure.of(e);
                boolean again = isWorthAnother(failure) && !deadline.hasPassed();
                if (failure.isOfOneNode()) {
                    lines.turnFrom(node);
                    mayTurn = false;
                    if (failure != RedisFailure.TIMED_OUT) {
                        lines.closeIdle();
                    }
                }
                if (!again) {
                    throw failure.toCaller(e);
                }
                asked = Optional.empty();
                stepAside();
            }
        }
    }

    private Object attempt() {
        if (asked.isPresent()) {
            return lines.elsewhere(asked.get(), deadline, line -> line.run(script, keys, arguments, true, deadline));
        }
        return lines.with(deadline, line -> {
            if (!repeatable) {
                // Shows that the connection is alive, as long as another one would do.
                line.check(script, keys.get(0), deadline);
                mayHaveRun = true;
            }
            return line.run(script, keys, arguments, false, deadline);
        });
    }

    private boolean isWorthAnother(RedisFailure failure) {
        return switch (failure) {
            case OUT_OF_REACH -> mayTurn && !mayHaveRun;
            case READ_ONLY, NO_PRIMARY -> mayTurn;
            case MOVING -> true;
            default -> false;
        };
    }

    private static void stepAside() {
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(500_000, 5_000_000));
    }
}
