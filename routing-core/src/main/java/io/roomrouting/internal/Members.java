package io.roomrouting.internal;

import io.roomrouting.UserId;
import io.roomrouting.session.Session;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who is in a room: sessions, and the users behind them. Belongs to the room's thread. */
final class Members {

    private final Map<String, SessionRuntime> sessions = new LinkedHashMap<>();
    private final Map<UserId, List<SessionRuntime>> byUser = new LinkedHashMap<>();
    private final Collection<Session> view = Collections.unmodifiableCollection(sessions.values());

    void add(SessionRuntime session) {
        sessions.put(session.id(), session);
        byUser.computeIfAbsent(session.user(), user -> new ArrayList<>(1)).add(session);
    }

    boolean remove(SessionRuntime session) {
        if (sessions.remove(session.id()) == null) {
            return false;
        }
        byUser.computeIfPresent(session.user(), (user, theirs) -> {
            theirs.remove(session);
            return theirs.isEmpty() ? null : theirs;
        });
        return true;
    }

    boolean has(UserId user) {
        return byUser.containsKey(user);
    }

    int size() {
        return sessions.size();
    }

    /** A read-only view, in the order in which they joined. */
    Collection<Session> sessions() {
        return view;
    }

    List<SessionRuntime> snapshot() {
        return List.copyOf(sessions.values());
    }

    List<UserId> users() {
        return List.copyOf(byUser.keySet());
    }

    List<SessionRuntime> sessionsOf(UserId user) {
        return List.copyOf(byUser.getOrDefault(user, List.of()));
    }
}
