package io.roomrouting.agones;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.roomrouting.HostSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A {@code GameServerAllocation} for one room: a game server that already has rooms and takes more, before one that has
 * none; the fullest first, so that emptied ones can be given up. The room counter is raised in the same transaction.
 */
final class AllocationWish {

    /** The label by which a game server can be left out; a session host puts its game server's name there. */
    static final String HOST_LABEL = "room-host";

    /** The label of a game server whose host is about to stop; {@code "true"} if so. */
    static final String DRAINING_LABEL = "room-draining";

    /** What Agones puts before labels that a game server gives itself. */
    static final String OWN_LABELS = "agones.dev/sdk-";

    private static final Pattern LABEL_VALUE = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

    private final Fleet fleet;
    private final Optional<String> region;
    private final Set<String> without;

    AllocationWish(Fleet fleet, Optional<String> region, Set<String> without) {
        this.fleet = fleet;
        this.region = region.filter(name -> LABEL_VALUE.matcher(name).matches());
        this.without = new TreeSet<>(without);
        this.without.removeIf(name -> !Fleet.isGameServerName(name));
    }

    ObjectNode toJson() {
        ObjectNode request = JsonHttp.JSON.createObjectNode();
        request.put("apiVersion", "allocation.agones.dev/v1").put("kind", "GameServerAllocation");
        ObjectNode spec = request.putObject("spec");
        spec.put("scheduling", "Packed");
        spec.putArray("priorities")
                .addObject()
                .put("type", "Counter")
                .put("key", fleet.counter())
                .put("order", "Ascending");
        ArrayNode selectors = spec.putArray("selectors");
        region.ifPresent(near -> addSelectors(selectors, Optional.of(near)));
        addSelectors(selectors, Optional.empty());
        spec.putObject("counters")
                .putObject(fleet.counter())
                .put("action", "Increment")
                .put("amount", 1);
        return request;
    }

    private void addSelectors(ArrayNode selectors, Optional<String> near) {
        for (String state : List.of("Allocated", "Ready")) {
            ObjectNode selector = selectors.addObject().put("gameServerState", state);
            ObjectNode labels = selector.putObject("matchLabels").put("agones.dev/fleet", fleet.name());
            near.ifPresent(name -> labels.put(HostSnapshot.REGION, name));
            ArrayNode expressions = selector.putArray("matchExpressions");
            expressions.add(notIn(OWN_LABELS + DRAINING_LABEL, Set.of("true")));
            if (!without.isEmpty()) {
                expressions.add(notIn(OWN_LABELS + HOST_LABEL, without));
            }
            selector.putObject("counters").putObject(fleet.counter()).put("minAvailable", 1);
        }
    }

    private static ObjectNode notIn(String label, Set<String> values) {
        ObjectNode expression =
                JsonHttp.JSON.createObjectNode().put("key", label).put("operator", "NotIn");
        values.forEach(expression.putArray("values")::add);
        return expression;
    }
}
