package io.roomrouting.testkit.sim;

import io.roomrouting.HostIncarnation;
import io.roomrouting.testkit.sim.Happening.Stay;
import io.roomrouting.testkit.sim.History.Entry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** No room and no host holds more than its limit (I6). */
final class CapacityCheck implements Check {

    private final SimulationConfig config;
    private final Map<Stay, Integer> sessions = new HashMap<>();
    private final Map<String, Integer> connections = new HashMap<>();
    private final Map<HostIncarnation, Set<Stay>> rooms = new HashMap<>();

    CapacityCheck(SimulationConfig config) {
        this.config = config;
    }

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        if (what instanceof Happening.Entered entered) {
            int inside = sessions.merge(entered.stay(), 1, Integer::sum);
            if (config.has(Trouble.TIGHT_ROOMS) && inside > config.roomLimit()) {
                findings.broken(Invariant.CAPACITY, inside + " sessions where " + config.roomLimit() + " fit", entry);
            }
        } else if (what instanceof Happening.Restored restored) {
            sessions.merge(restored.stay(), restored.sessions().size(), Integer::sum);
        } else if (what instanceof Happening.Left left) {
            sessions.merge(left.stay(), -1, Integer::sum);
        } else if (what instanceof Happening.Accepted accepted) {
            int held = connections.merge(accepted.process(), 1, Integer::sum);
            if (held > config.capacity().connections()) {
                findings.broken(Invariant.CAPACITY, "a host holds " + held + " connections", entry);
            }
        } else if (what instanceof Happening.Ended ended) {
            connections.merge(ended.process(), -1, Integer::sum);
        } else if (what instanceof Happening.Opened opened) {
            Set<Stay> open = rooms.computeIfAbsent(opened.stay().assignment().owner(), owner -> new HashSet<>());
            open.add(opened.stay());
            if (open.size() > config.capacity().rooms()) {
                findings.broken(Invariant.CAPACITY, "a host holds " + open.size() + " rooms", entry);
            }
        } else if (what instanceof Happening.Closed closed) {
            rooms.getOrDefault(closed.stay().assignment().owner(), new HashSet<>())
                    .remove(closed.stay());
        }
    }
}
