package io.roomrouting.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.roomrouting.Deadline;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * One connection to one server, logged in and looked at. Every reply is waited for until the caller's deadline and no longer. For
 * one thread at a time.
 */
final class Line implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final byte[] EMPTY = {};
    private static final byte[] ZERO = {'0'};

    private final Connection connection;
    private final HostAndPort node;
    private final byte[] process;
    private final boolean mayEvict;

    private Line(Connection connection, HostAndPort node, ServerFacts facts) {
        this.connection = connection;
        this.node = node;
        this.process = facts.process().getBytes(UTF_8);
        this.mayEvict = facts.mayEvict();
    }

    /** Connects, logs in and looks at the server: one round trip once the connection stands. */
    static Line open(HostAndPort node, Access access, Deadline deadline) {
        Connection connection = new Connection(() -> Sockets.connect(node, access, deadline));
        boolean ready = false;
        try {
            connection.connect();
            ServerFacts facts = greet(connection, access, deadline);
            facts.check();
            if (facts.isReplica()) {
                throw new JedisDataException("READONLY the server is a replica");
            }
            ready = true;
            return new Line(connection, node, facts);
        } finally {
            if (!ready) {
                hangUp(connection);
            }
        }
    }

    private static ServerFacts greet(Connection connection, Access access, Deadline deadline) {
        List<CommandArguments> greeting = new ArrayList<>();
        access.password().ifPresent(password -> {
            CommandArguments login = new CommandArguments(Command.AUTH);
            access.user().ifPresent(login::add);
            greeting.add(login.add(password));
        });
        if (access.database() > 0) {
            greeting.add(new CommandArguments(Command.SELECT).add(access.database()));
        }
        greeting.add(new CommandArguments(Command.INFO));
        List<Object> replies = exchange(connection, greeting, deadline);
        return ServerFacts.read(SafeEncoder.encode((byte[]) replies.get(replies.size() - 1)));
    }

    HostAndPort node() {
        return node;
    }

    boolean mayEvict() {
        return mayEvict;
    }

    /**
     * Runs a script in one round trip, or two if the server does not know it yet. A harmless write goes before it: a server that
     * takes none, for whatever reason, says so, and also who only looks something up never asks a server that is none to ask.
     *
     * @param asking whether the server has to be told that the keys are on their way to it
     */
    Object run(Script script, List<byte[]> keys, List<byte[]> arguments, boolean asking, Deadline deadline) {
        List<CommandArguments> commands = new ArrayList<>();
        if (asking) {
            commands.add(new CommandArguments(Command.ASKING));
        }
        commands.add(harmlessWrite(script, keys.get(0)));
        if (asking) {
            commands.add(new CommandArguments(Command.ASKING));
        }
        try {
            commands.add(call(Command.EVALSHA, script.sha(), keys, arguments));
            return last(exchange(connection, commands, deadline));
        } catch (JedisNoScriptException e) {
            commands.set(commands.size() - 1, call(Command.EVAL, script.text(), keys, arguments));
            return last(exchange(connection, commands, deadline));
        }
    }

    /** Asks only whether the server is there and takes writes. */
    void check(Script script, byte[] nothing, Deadline deadline) {
        exchange(connection, List.of(harmlessWrite(script, nothing)), deadline);
    }

    private static CommandArguments harmlessWrite(Script script, byte[] nothing) {
        return script.grows()
                ? new CommandArguments(Command.SETRANGE).add(nothing).add(ZERO).add(EMPTY)
                : new CommandArguments(Command.DEL).add(nothing);
    }

    private CommandArguments call(Command how, String script, List<byte[]> keys, List<byte[]> arguments) {
        CommandArguments call = new CommandArguments(how).add(script).add(keys.size());
        keys.forEach(call::add);
        call.add(process);
        arguments.forEach(call::add);
        return call;
    }

    private static Object last(List<Object> replies) {
        return replies.get(replies.size() - 1);
    }

    /** Sends all commands at once, reads all replies, and throws the first failure among them. */
    private static List<Object> exchange(Connection connection, List<CommandArguments> commands, Deadline deadline) {
        millisLeft(deadline);
        List<Object> replies = new ArrayList<>();
        List<JedisDataException> failures = new ArrayList<>();
        boolean inStep = false;
        try {
            commands.forEach(connection::sendCommand);
            for (int i = 0; i < commands.size(); i++) {
                connection.setSoTimeout(millisLeft(deadline));
                try {
                    replies.add(connection.getOne());
                } catch (JedisDataException e) {
                    failures.add(e);
                }
            }
            inStep = true;
        } finally {
            if (!inStep) {
                connection.setBroken();
            }
        }
        if (!failures.isEmpty()) {
            throw failures.get(0);
        }
        return replies;
    }

    private static int millisLeft(Deadline deadline) {
        long left = deadline.remaining().toMillis();
        if (left == 0) {
            throw new JedisConnectionException(new SocketTimeoutException("no time is left"));
        }
        return (int) left;
    }

    /** False if it cannot be used again. */
    boolean isSound() {
        return !connection.isBroken();
    }

    @Override
    public void close() {
        hangUp(connection);
    }

    private static void hangUp(Connection connection) {
        try {
            connection.forceDisconnect();
        } catch (IOException | JedisException e) {
            // It is of no use any more, whichever way it ends.
            LOG.debug("A connection could not be closed", e);
        }
    }
}
