package io.roomrouting.agones;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The game servers of a fleet, chosen as Agones chooses: the first selector that any matches, the fullest of those. */
final class FakeFleet {

    static final String NAME = "rooms";

    private final List<Server> servers = new ArrayList<>();

    /** One game server. Its fields belong to the fleet's lock. */
    final class Server {

        private final String name;
        private final int port;
        private final Map<String, String> labels = new LinkedHashMap<>();
        private final long capacity;
        private String address = "127.0.0.1";
        private String state = "Ready";
        private long count;
        private final List<String> states = new ArrayList<>();

        private Server(String name, int port, long capacity) {
            this.name = name;
            this.port = port;
            this.capacity = capacity;
            labels.put("agones.dev/fleet", NAME);
        }

        String name() {
            return name;
        }

        String state() {
            synchronized (FakeFleet.this) {
                return state;
            }
        }

        /** Every state that it was put into, in order. */
        List<String> states() {
            synchronized (FakeFleet.this) {
                return List.copyOf(states);
            }
        }

        Server become(String value) {
            synchronized (FakeFleet.this) {
                state = value;
                states.add(value);
            }
            return this;
        }

        Server at(String value) {
            synchronized (FakeFleet.this) {
                address = value;
            }
            return this;
        }

        Server label(String key, String value) {
            synchronized (FakeFleet.this) {
                labels.put(key, value);
            }
            return this;
        }

        String label(String key) {
            synchronized (FakeFleet.this) {
                return labels.getOrDefault(key, "");
            }
        }

        long count() {
            synchronized (FakeFleet.this) {
                return count;
            }
        }

        long capacity() {
            return capacity;
        }

        int port() {
            return port;
        }

        /** Like the side-car: refuses what would leave the range. */
        boolean change(long difference) {
            synchronized (FakeFleet.this) {
                if (count + difference < 0 || count + difference > capacity) {
                    return false;
                }
                count += difference;
                return true;
            }
        }

        ObjectNode status() {
            synchronized (FakeFleet.this) {
                ObjectNode status = JsonHttp.JSON.createObjectNode();
                status.put("state", state).put("address", address);
                status.putArray("ports").addObject().put("name", "default").put("port", port);
                return status;
            }
        }

        private boolean matches(JsonNode selector) {
            boolean labelled = selector.path("matchLabels").properties().stream()
                    .allMatch(label -> label.getValue().asText().equals(labels.get(label.getKey())));
            boolean counted = selector.path("counters").properties().stream()
                    .allMatch(counter -> counter.getKey().equals("rooms")
                            && capacity - count
                                    >= counter.getValue().path("minAvailable").asLong());
            return labelled
                    && counted
                    && state.equals(selector.path("gameServerState").asText("Ready"))
                    && StreamSupport.stream(selector.path("matchExpressions").spliterator(), false)
                            .allMatch(this::matchesExpression);
        }

        private boolean matchesExpression(JsonNode expression) {
            if (!expression.path("operator").asText().equals("NotIn")) {
                throw new IllegalArgumentException("the fake knows only NotIn");
            }
            String value = labels.get(expression.path("key").asText());
            return StreamSupport.stream(expression.path("values").spliterator(), false)
                    .noneMatch(unwanted -> unwanted.asText().equals(value));
        }
    }

    synchronized Server add(String name, int port, long capacity) {
        Server server = new Server(name, port, capacity);
        servers.add(server);
        return server;
    }

    synchronized List<Server> servers() {
        return List.copyOf(servers);
    }

    synchronized void remove(Server server) {
        servers.remove(server);
    }

    /** Does what a {@code GameServerAllocation} asks for, and returns its status. */
    synchronized ObjectNode allocate(JsonNode spec) {
        for (JsonNode selector : spec.path("selectors")) {
            var chosen = servers.stream()
                    .filter(server -> server.matches(selector))
                    .min(Comparator.comparingLong(server -> server.capacity - server.count));
            if (chosen.isPresent()) {
                return allocated(chosen.get(), spec.path("counters").path("rooms"));
            }
        }
        return JsonHttp.JSON.createObjectNode().put("state", "UnAllocated").put("gameServerName", "");
    }

    private static ObjectNode allocated(Server server, JsonNode action) {
        if (action.path("action").asText().equals("Increment")) {
            // Agones cuts off at the capacity, and does not fail.
            server.count = Math.min(
                    server.capacity, server.count + action.path("amount").asLong());
        }
        server.become("Allocated");
        ObjectNode status = server.status();
        status.put("gameServerName", server.name);
        return status;
    }
}
