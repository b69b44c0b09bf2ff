package io.roomrouting.examples.session;

import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.session.CloseReason;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells which rooms live here, and which clients were sent away for what they did. */
public final class SessionLog implements SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(SessionLog.class);

    @Override
    public void roomOpened(RoomId room) {
        LOG.info("Room {} opened", room);
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        LOG.info("Room {} closed ({})", room, reason);
    }

    @Override
    public void joined(RoomId room, UserId user) {
        LOG.debug("{} joined room {}", user, room);
    }

    @Override
    public void left(RoomId room, UserId user, LeaveReason reason) {
        switch (reason) {
            case PROTOCOL_ERROR, TOO_BIG, FLOODING, SLOW_CONSUMER, FAILED ->
                LOG.warn("{} was sent away from room {} ({})", user, room, reason);
            default -> LOG.debug("{} left room {} ({})", user, room, reason);
        }
    }
}
