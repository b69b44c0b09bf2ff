package io.roomrouting.testkit.sim;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Calls from one process to another: a request and a reply, each with its own fate. */
final class Calls {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final EventLoop loop;
    private final Network network;
    private final SimulatedProcess caller;
    private final Supplier<SimulatedProcess> servers;
    private final String name;
    private final Duration timeout;

    /**
     * Describes a way.
     *
     * @param servers who takes a call that is made now
     * @param name what an unanswered caller is told of
     */
    Calls(
            EventLoop loop,
            Network network,
            SimulatedProcess caller,
            Supplier<SimulatedProcess> servers,
            String name,
            Duration timeout) {
        this.loop = loop;
        this.network = network;
        this.caller = caller;
        this.servers = servers;
        this.name = name;
        this.timeout = timeout;
    }

    /** What came back: a result or a refusal. */
    private static final class Answer<T> {
        private @Nullable Supplier<T> outcome;
    }

    /**
     * Has something done there, and waits for the answer.
     *
     * @throws RoutingException.Unavailable when no answer comes in time; it may have been done all the same
     */
    <T> T call(Supplier<T> body) {
        Waiting waiting = new Waiting(caller);
        Answer<T> answer = new Answer<>();
        SimulatedProcess server = servers.get();
        network.request(caller.node(), server.node(), server, () -> {
            Supplier<T> outcome = execute(body);
            network.send(server.node(), caller.node(), caller, () -> {
                if (!waiting.isDone()) {
                    answer.outcome = outcome;
                    loop.wake(waiting);
                }
            });
        });
        EventLoop.Event late = loop.at(loop.now() + timeout.toNanos(), caller, () -> loop.wake(waiting));
        loop.await(waiting);
        late.cancel();
        Supplier<T> outcome = answer.outcome;
        if (outcome == null) {
            throw RoutingException.unavailable(ErrorCode.REGISTRY_UNAVAILABLE, name + " did not answer", RETRY);
        }
        return outcome.get();
    }

    private static <T> Supplier<T> execute(Supplier<T> body) {
        try {
            T result = body.get();
            return () -> result;
        } catch (RoutingException e) {
            return () -> {
                throw e;
            };
        }
    }
}
