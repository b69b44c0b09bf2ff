package io.roomrouting.testkit.sim;

import io.roomrouting.ErrorCode;
import io.roomrouting.testkit.sim.History.Entry;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** When the faults are over, every client is served again within a bound, and stays served (I5). */
final class LivenessCheck implements Check {

    private static final long SERVED_WITHIN = Duration.ofSeconds(6).toNanos();

    private final SimulationConfig config;
    private final Set<String> missing = new LinkedHashSet<>();
    private final Map<String, Entry> served = new HashMap<>();
    private final Set<String> turnedAway = new HashSet<>();
    private @Nullable Entry healed;

    LivenessCheck(SimulationConfig config) {
        this.config = config;
        for (int i = 1; i <= config.clients(); i++) {
            missing.add("c" + i);
        }
    }

    @Override
    public void see(Entry entry, Findings findings) {
        Happening what = entry.what();
        Entry begin = healed;
        if (what instanceof Happening.Healed) {
            healed = entry;
        } else if (begin == null) {
            return;
        } else if (what instanceof Happening.Answered answered && answered.handled()) {
            boolean late = entry.at() - begin.at() > config.bound().toNanos();
            if (missing.remove(answered.client()) && late && !mayBeTurnedAway(answered.client())) {
                findings.broken(Invariant.NO_LOST_ROOM, "served only after the bound", entry, begin);
            }
            served.put(answered.client(), entry);
        } else if (what instanceof Happening.Told told) {
            mayStayOut(told.client(), told.code());
        } else if (what instanceof Happening.NotLed notLed) {
            mayStayOut(notLed.client(), notLed.code());
        } else if (what instanceof Happening.Over) {
            over(entry, begin, findings);
        }
    }

    private void over(Entry entry, Entry begin, Findings findings) {
        for (String client : missing) {
            if (!mayBeTurnedAway(client)) {
                findings.broken(Invariant.NO_LOST_ROOM, client + " was never served again", entry, begin);
            }
        }
        served.forEach((client, last) -> {
            if (entry.at() - last.at() > SERVED_WITHIN && !mayBeTurnedAway(client)) {
                findings.broken(Invariant.NO_LOST_ROOM, client + " is no longer served", entry, last);
            }
        });
    }

    /** Where there are fewer places than clients, some stay outside. */
    private boolean mayBeTurnedAway(String client) {
        return turnedAway.contains(client);
    }

    private void mayStayOut(String client, String code) {
        boolean noPlace = (config.has(Trouble.TIGHT_ROOMS) && code.contains(ErrorCode.ROOM_FULL.name()))
                || (config.has(Trouble.TIGHT_HOSTS)
                        && (code.contains(ErrorCode.NO_CAPACITY.name()) || code.contains(ErrorCode.OVERLOADED.name())));
        if (noPlace) {
            turnedAway.add(client);
        }
    }
}
