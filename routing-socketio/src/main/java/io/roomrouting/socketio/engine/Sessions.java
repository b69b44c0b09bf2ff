package io.roomrouting.socketio.engine;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The sessions of a server by their secret names, and the ends of which one last poll has still to be told. */
final class Sessions {

    /** Longer than two requests of one client can be apart that were sent at once. */
    private static final Duration LAST_POLL = Duration.ofSeconds(2);

    private static final int MOST_LAST_POLLS = 1_000;

    private final TimeSource time;
    private final Map<String, EngineSession> live = new ConcurrentHashMap<>();
    private final Map<String, Long> lastPolls = new LinkedHashMap<>();
    private final Tally past = new Tally();

    Sessions(TimeSource time) {
        this.time = time;
    }

    int count() {
        return live.size();
    }

    List<EngineSession> all() {
        return List.copyOf(live.values());
    }

    void add(String sid, EngineSession session) {
        live.put(sid, session);
    }

    Optional<EngineSession> find(String sid) {
        return Optional.ofNullable(live.get(sid));
    }

    /** A session has ended, and counts no more. */
    void remove(String sid, CloseReason reason) {
        synchronized (past) {
            EngineSession ended = live.remove(sid);
            if (ended != null) {
                past.add(ended.traffic());
                past.ended(reason);
            }
        }
    }

    /** No session ends meanwhile, so that each is counted once, and no number ever falls. */
    EngineCounts counts() {
        synchronized (past) {
            Tally all = new Tally(past);
            Map<EngineTransport, Integer> clients = new EnumMap<>(EngineTransport.class);
            for (EngineSession session : live.values()) {
                all.add(session.traffic());
                clients.merge(session.transport(), 1, Integer::sum);
            }
            return all.counts(clients);
        }
    }

    /** One more poll of this session is to be answered, once and soon; of too many the oldest is forgotten. */
    synchronized void expectLastPoll(String sid) {
        if (lastPolls.size() == MOST_LAST_POLLS) {
            lastPolls.remove(lastPolls.keySet().iterator().next());
        }
        lastPolls.put(sid, time.nanoTime());
    }

    /** What a poll is told that names no session. */
    HttpReply replyToLatePoll(String sid) {
        return takeLastPoll(sid)
                ? HttpReply.packets(List.of(EncodedPacket.NOOP))
                : HttpReply.refusal(Refusal.UNKNOWN_SID);
    }

    private synchronized boolean takeLastPoll(String sid) {
        Long since = lastPolls.remove(sid);
        return since != null && time.nanoTime() - since <= LAST_POLL.toNanos();
    }
}
