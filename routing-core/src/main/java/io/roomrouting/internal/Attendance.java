package io.roomrouting.internal;

import io.roomrouting.CorrelationId;
import io.roomrouting.ErrorCode;
import io.roomrouting.RoomSeat;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.SeatRequest;
import io.roomrouting.spi.Welcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How clients come into an open room, come back and go: each that has joined leaves once. Belongs to the room's thread.
 */
final class Attendance {

    private final RoomRuntime room;
    private final LocalSessionHost host;
    private final Callbacks callbacks;
    private final EntryRules rules;
    private final Duration grace;
    private final int resumeMessages;
    private final Notice notice;
    private final SeatBook seatBook;
    private final Members members = new Members();
    private final Map<SeatToken.Hash, SessionRuntime> seats = new HashMap<>(0);

    /** The last snapshot has been taken: who is still here may be restored elsewhere, so nobody leaves here any more. */
    private boolean sealed;

    Attendance(RoomRuntime room, RoomType type, Callbacks callbacks) {
        this.room = room;
        this.host = room.host();
        this.callbacks = callbacks;
        this.rules = EntryRules.of(room.spec(), type.settings());
        this.notice = room.notice();
        this.seatBook = new SeatBook(notice, host.spentSeats(), host.reports());
        this.grace = type.settings().resumeGrace();
        this.resumeMessages = type.settings().resumeMessages();
    }

    Members members() {
        return members;
    }

    boolean isEmpty() {
        return members.size() == 0;
    }

    // Coming

    /** Lets a client in: back to its seat if it has one and missed nothing that is gone, otherwise as a newcomer. */
    void enter(Link link) {
        RoutingException refusal = notice.isLocked() && !members.has(link.user()) ? locked() : seatBook.refusal(link);
        if (refusal != null) {
            link.refuse(refusal);
            return;
        }
        if (link.wish().orElse(null) instanceof SeatRequest.Back back) {
            comeBack(link, back);
        } else {
            join(link);
        }
    }

    private static RoutingException locked() {
        return RoutingException.roomRefused(ErrorCode.ROOM_LOCKED, "the room takes nobody new");
    }

    private void comeBack(Link link, SeatRequest.Back back) {
        SessionRuntime seated = seats.get(SeatToken.hash(back.token()));
        if (seated != null && seated.user().equals(link.user())) {
            Seat seat = seated.seat();
            OptionalLong received =
                    seat == null ? OptionalLong.empty() : seat.log().count(back.received(), seated.format());
            if (seat != null && received.isPresent() && canResume(seated, link)) {
                resume(seated, seat, link, back.token(), received.getAsLong());
                return;
            }
            seated.close(LeaveReason.REPLACED, Duration.ZERO);
            leave(seated, LeaveReason.CONNECTION_LOST);
        }
        host.listener().notResumed(room.id(), link.user());
        join(link);
    }

    private static boolean canResume(SessionRuntime seated, Link link) {
        return seated.stage() == SessionRuntime.Stage.JOINED
                && seated.format().name().equals(link.format().name());
    }

    private void resume(SessionRuntime seated, Seat seat, Link link, String token, long received) {
        Link former = seated.link();
        if (former != null) {
            seated.detach();
            former.close(LeaveReason.REPLACED, Duration.ZERO);
        }
        seated.attach(link);
        seatBook.resumed(link);
        link.connection()
                .accept(new Welcome(seated.id(), Optional.of(new Welcome.Seat(token, true, seat.handled(), grace))));
        Doorstep.Said said = link.doorstep().open();
        if (!seated.replay(received)) {
            seated.ending();
            room.end(seated, LeaveReason.SLOW_CONSUMER, host.spread(LocalSessionHost.RECONNECT_SPREAD));
        }
        host.listener().resumed(room.id(), seated.user());
        callbacks.resume(seated);
        hear(link, said);
    }

    private void join(Link link) {
        List<SessionRuntime> older = members.sessionsOf(link.user());
        if (!rules.allowsSeveral()) {
            older.stream().filter(session -> session.link() == null).forEach(away -> {
                leave(away, LeaveReason.CONNECTION_LOST);
            });
            older = members.sessionsOf(link.user());
        }
        RoutingException refusal = rules.refusal(members.size(), older.size());
        if (refusal == null && !rules.newestReplaces()) {
            refusal = seatBook.refusalOfAnother(link);
        }
        if (refusal != null) {
            link.refuse(refusal);
            return;
        }
        room.isNeeded();
        List<SessionRuntime> replaced = rules.newestReplaces() ? older : List.of();
        replaced.forEach(old -> old.close(LeaveReason.REPLACED, Duration.ZERO));
        SessionRuntime session = letIn(link);
        Doorstep.Said said = link.doorstep().open();
        host.listener().joined(room.id(), session.user());
        Callbacks.Rejection rejection = callbacks.join(session);
        if (rejection != null) {
            session.deliver(session.format().failure(InboundEvent.NO_REPLY, rejection.code(), rejection.detail()));
            session.disconnect(rejection.reason());
        }
        replaced.forEach(old -> leave(old, LeaveReason.REPLACED));
        hear(link, said);
    }

    private SessionRuntime letIn(Link link) {
        String token = link.wish().isPresent() && !grace.isZero() ? SeatToken.next(host.random()) : null;
        Seat seat = token == null ? null : new Seat(SeatToken.hash(token), new SentLog(resumeMessages), 0);
        SessionRuntime session = new SessionRuntime(host.newSessionId(), link.identity(), room, link.format(), seat);
        add(session, link.ticket().seat().orElse(null));
        session.attach(link);
        link.connection()
                .accept(new Welcome(
                        session.id(),
                        Optional.ofNullable(token).map(secret -> new Welcome.Seat(secret, false, 0, grace))));
        return session;
    }

    private void add(SessionRuntime session, @Nullable RoomSeat kept) {
        members.add(session);
        seatBook.sit(session, kept, members.size());
        Seat seat = session.seat();
        if (seat != null) {
            seats.put(seat.hash(), session);
        }
    }

    private void hear(Link link, Doorstep.Said said) {
        said.events().forEach(event -> room.handle(link, event));
        said.refusals().forEach(refusal -> tell(link, refusal));
    }

    /** Answers an event that was not handled. */
    void tell(Link link, Numbered<Encoded> refusal) {
        SessionRuntime session = link.session();
        if (session != null && session.link() == link) {
            session.deliver(refusal.value());
            session.took(refusal.number());
        }
    }

    // Going

    /** The link has ended: its session goes, or waits for another link. */
    void unlinked(Link link, LeaveReason reason) {
        SessionRuntime session = link.session();
        if (session == null || session.link() != link || session.stage() == SessionRuntime.Stage.GONE) {
            return;
        }
        boolean broken = reason == LeaveReason.CONNECTION_LOST || reason == LeaveReason.TIMED_OUT;
        if (broken && session.seat() != null && session.stage() == SessionRuntime.Stage.JOINED) {
            drop(session, session.seat(), reason);
        } else {
            leave(session, reason);
        }
    }

    private void drop(SessionRuntime session, Seat seat, LeaveReason reason) {
        session.detach();
        keep(session, seat, grace, reason);
        CorrelationId.during(session.correlation(), () -> {
            host.listener().dropped(room.id(), session.user());
            callbacks.drop(session);
        });
    }

    private void keep(SessionRuntime session, Seat seat, Duration time, LeaveReason reason) {
        // The timer may have run, and its task wait, when the client comes back.
        TimeSource.Cancellable[] own = new TimeSource.Cancellable[1];
        own[0] = host.time()
                .schedule(
                        time,
                        () -> room.forceElsewhere(() -> {
                            if (session.link() == null && seat.waitsFor(own[0])) {
                                leave(session, reason);
                            }
                        }));
        seat.unlinked(own[0]);
    }

    void leave(SessionRuntime session, LeaveReason reason) {
        if (sealed) {
            return;
        }
        session.gone();
        Seat seat = session.seat();
        if (seat != null) {
            seat.givenUp();
            seats.remove(seat.hash(), session);
        }
        if (members.remove(session)) {
            seatBook.getUp(session, members.size());
            CorrelationId.during(session.correlation(), () -> {
                host.listener().left(room.id(), session.user(), reason);
                callbacks.leave(session, reason);
            });
            room.closeWhenIdle();
        }
    }

    /** Sends everybody away; tells all before the first of them leaves, so that nobody is told of the others' leaving. */
    void sendAway(LeaveReason why, Duration spread) {
        List<SessionRuntime> all = members.snapshot();
        all.forEach(session -> session.close(why, host.spread(spread)));
        if (sealed) {
            abandon();
        } else {
            all.forEach(session -> leave(session, why));
        }
    }

    // Handing over

    /**
     * Ends everything here: sends those away who have no seat, or one too large to be handed over, and takes a snapshot
     * with the others' seats. Nothing more goes to them; what they get from now on comes from the next owner. Null if the
     * handler has no snapshot to give.
     */
    @Nullable RoomSnapshot lastSnapshot(LeaveReason why, Duration spread) {
        SavedSeat.Packing packing = new SavedSeat.Packing(grace.plus(spread));
        List<SessionRuntime> others = members.snapshot().stream()
                .filter(session -> session.stage() != SessionRuntime.Stage.JOINED || !packing.fits(session))
                .toList();
        others.forEach(session -> session.close(why, host.spread(spread)));
        others.forEach(session -> leave(session, why));
        byte[] state = callbacks.snapshot();
        if (state == null) {
            return null;
        }
        RoomSnapshot last = new RoomSnapshot(state, packing.seats(members.snapshot()));
        members.snapshot().forEach(SessionRuntime::ending);
        sealed = true;
        return last;
    }

    /** Leads everybody to the next owner, where they come back to their seats; here nobody leaves. */
    void leadAway(Duration least, Duration spread) {
        members.snapshot().forEach(session -> session.close(LeaveReason.MOVED, least.plus(host.spread(spread))));
        abandon();
    }

    /** Nobody is here any more, and nobody has left: the seats are kept elsewhere, or nowhere. */
    void abandon() {
        for (SessionRuntime session : members.snapshot()) {
            members.remove(session);
            session.gone();
            Seat seat = session.seat();
            if (seat != null) {
                seat.givenUp();
            }
        }
        seats.clear();
    }

    /** Keeps the seats of an earlier owner; the clients are on their way. */
    void restore(List<SavedSeat> saved) {
        for (SavedSeat one : saved) {
            SessionRuntime session = one.restore(room, host.formatNamed(one.format()), resumeMessages);
            if (session != null) {
                add(session, null);
                Seat seat = session.seat();
                if (seat != null) {
                    keep(session, seat, one.grace(), LeaveReason.CONNECTION_LOST);
                }
            }
        }
    }
}
