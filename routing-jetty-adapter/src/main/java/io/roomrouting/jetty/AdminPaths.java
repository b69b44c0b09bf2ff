package io.roomrouting.jetty;

import io.roomrouting.RoutingException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** The paths that an {@link AdminHandler} knows, and what each does. Filled while the handler is made, then only read. */
final class AdminPaths {

    /** Does what a method of a path asks for. */
    @FunctionalInterface
    interface Operation {
        /**
         * Answers.
         *
         * @param room the part of the path that names a room, not checked yet; empty where a path has none
         */
        void run(Exchange exchange, String room);
    }

    private record Target(Methods methods, Operation operation) {}

    private static final String ROOM = "room";
    private static final String NAME = "/:name";

    private final Map<String, Target> targets = new HashMap<>();

    void add(String path, Methods methods, Consumer<Exchange> operation) {
        targets.put(path, new Target(methods, (exchange, room) -> operation.accept(exchange)));
    }

    /** Adds {@code room/:name}, or a path below it. */
    void addRoom(String rest, Methods methods, Operation operation) {
        targets.put(ROOM + NAME + rest, new Target(methods, operation));
    }

    void dispatch(Exchange exchange, String path) {
        refuseDots(exchange.request().getHttpURI().getPath());
        String[] parts = path.split("/", -1);
        boolean ofRoom = parts.length > 1 && parts[0].equals(ROOM);
        String template = ofRoom ? ROOM + NAME + path.substring(ROOM.length() + 1 + parts[1].length()) : path;
        Target target = targets.get(template);
        if (target == null) {
            exchange.refuse(Problem.unknownPath());
        } else if (exchange.takes(target.methods())) {
            target.operation().run(exchange, ofRoom ? parts[1] : "");
        }
    }

    /** Otherwise a room called {@code ..} would turn the path of a room into one of the whole server. */
    private static void refuseDots(String path) {
        boolean dots = Arrays.stream(path.split("/", -1))
                .map(part -> part.split(";", 2)[0].toLowerCase(Locale.ROOT).replace("%2e", "."))
                .anyMatch(part -> part.equals(".") || part.equals(".."));
        if (dots) {
            throw RoutingException.invalid("No part of the path may be . or ..");
        }
    }
}
