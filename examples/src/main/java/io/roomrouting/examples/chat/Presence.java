package io.roomrouting.examples.chat;

import io.roomrouting.UserId;
import io.roomrouting.session.Room;
import io.roomrouting.session.Session;

/**
 * Who is here, as the clients are told. A user with two windows is one user; one whose connection broke is here as long as its
 * seat is kept.
 */
final class Presence {

    private final Room room;
    private final ChatDialect dialect;

    Presence(Room room, ChatDialect dialect) {
        this.room = room;
        this.dialect = dialect;
    }

    void joined(Session newcomer) {
        boolean hasJustCome = room.sessionsOf(newcomer.user()).size() == 1;
        switch (dialect) {
            case PAGES -> {
                newcomer.send("online_users", room.users());
                if (hasJustCome) {
                    room.broadcastExcept(newcomer, "user_joined", new Username(newcomer.user()));
                }
            }
            case LISTS -> {
                if (hasJustCome) {
                    room.broadcast("online_users", room.users());
                } else {
                    newcomer.send("online_users", room.users());
                }
            }
        }
    }

    void left(Session leaver) {
        if (!room.sessionsOf(leaver.user()).isEmpty()) {
            return;
        }
        switch (dialect) {
            case PAGES -> room.broadcast("user_left", new Username(leaver.user()));
            case LISTS -> room.broadcast("online_users", room.users());
        }
    }

    private record Username(UserId username) {}
}
