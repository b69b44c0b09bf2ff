package io.roomrouting.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoomRouter;
import io.roomrouting.RoomSpec;
import io.roomrouting.Route;
import io.roomrouting.RoutingException;
import io.roomrouting.TicketVerifier;
import io.roomrouting.spi.Admission;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/**
 * Finds out which room a client wants to enter, and as whom, from what it shows. Thread-safe; does not block, but its
 * answer may take time.
 */
@FunctionalInterface
public interface RoomAdmissions {

    /**
     * Reads a client's wish, for example by verifying the room ticket in {@code auth}.
     *
     * @param request what the client shows
     * @return the verified wish, whose seat is not looked at; failed with a {@link RoutingException} or a
     *     {@link ConnectRefusal} if it is not acceptable, which the client is told. Any other failure is logged, and the
     *     client hears {@code INTERNAL_ERROR}.
     */
    CompletionStage<Admission> admission(ConnectRequest request);

    /**
     * Lets clients in that show a room ticket as {@code auth.ticket}, as a router gives it. A ticket opens its room once,
     * so a client that may come back has to fetch a new one for each connection.
     *
     * @param tickets must not block
     * @return the strategy
     */
    static RoomAdmissions byTicket(TicketVerifier tickets) {
        return byTicket(tickets, Runnable::run);
    }

    /**
     * Does the same with a verifier that may wait, for keys as an example.
     *
     * @param tickets may block
     * @param executor its threads may block; a task that it does not take is told {@code OVERLOADED}
     * @return the strategy
     */
    static RoomAdmissions byTicket(TicketVerifier tickets, Executor executor) {
        return request -> on(
                executor,
                () -> new Admission(
                        tickets.verify(text(request, "ticket")),
                        request.handshake().remoteAddress()));
    }

    /**
     * Leads every client that shows a valid login token as {@code auth.token} into one room, which is made when the first
     * one comes, and must be placed in this process.
     *
     * @param router none that {@linkplain RoomRouter#mayBlock may block}
     * @param tickets reads the router's tickets; must not block
     * @param room the room
     * @param spec the wishes for it
     * @return the strategy
     * @throws IllegalArgumentException if the router may block
     */
    static RoomAdmissions fixedRoom(RoomRouter router, TicketVerifier tickets, RoomId room, RoomSpec spec) {
        if (router.mayBlock()) {
            throw new IllegalArgumentException("this router may block, and needs an executor whose threads may");
        }
        return fixedRoom(router, tickets, room, spec, Runnable::run);
    }

    /**
     * Does the same with a router or a verifier that may wait.
     *
     * @param router may block
     * @param tickets reads the router's tickets; may block
     * @param room the room
     * @param spec the wishes for it
     * @param executor its threads may block; a task that it does not take is told {@code OVERLOADED}
     * @return the strategy
     */
    static RoomAdmissions fixedRoom(
            RoomRouter router, TicketVerifier tickets, RoomId room, RoomSpec spec, Executor executor) {
        return request -> on(executor, () -> {
            RoomRouter named = request.correlation().map(router::correlated).orElse(router);
            Identity identity = named.authenticate(text(request, "token"));
            Route route = named.findOrStart(room, spec, identity);
            return new Admission(
                    tickets.verify(route.ticket()), request.handshake().remoteAddress());
        });
    }

    private static String text(ConnectRequest request, String field) {
        JsonNode value = request.auth().as(JsonNode.class).path(field);
        if (!value.isTextual() || value.textValue().isEmpty()) {
            throw RoutingException.unauthenticated("auth." + field + " is missing or is not a string");
        }
        return value.textValue();
    }

    private static CompletionStage<Admission> on(Executor executor, Supplier<Admission> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(RoutingException.unavailable(
                    ErrorCode.OVERLOADED, "too many clients come at once", Duration.ofSeconds(1), full));
        }
    }
}
