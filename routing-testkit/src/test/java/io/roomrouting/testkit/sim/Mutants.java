package io.roomrouting.testkit.sim;

import static io.roomrouting.testkit.sim.Invariant.CALLBACKS;
import static io.roomrouting.testkit.sim.Invariant.CAPACITY;
import static io.roomrouting.testkit.sim.Invariant.DELIVERY;
import static io.roomrouting.testkit.sim.Invariant.EPOCHS_GROW;
import static io.roomrouting.testkit.sim.Invariant.EXACT_TICKETS;
import static io.roomrouting.testkit.sim.Invariant.FENCED_WRITES;
import static io.roomrouting.testkit.sim.Invariant.HONEST_RESUME;
import static io.roomrouting.testkit.sim.Invariant.NO_LOST_ROOM;
import static io.roomrouting.testkit.sim.Invariant.ONE_OWNER;

import java.util.List;

/** The mistakes that the simulation must find. */
final class Mutants {

    private Mutants() {}

    static List<Mutant> all() {
        return List.of(
                Mutant.of(
                        "claim without compare",
                        ONE_OWNER,
                        "RoomEntry.java",
                        "if (current != null && !current.isOverForGood(now)) {",
                        "if (current != null && now == Long.MIN_VALUE) {"),
                Mutant.of(
                        "fence after the lease instead of before",
                        ONE_OWNER,
                        "internal/Lease.java",
                        "SERVE_UNTIL = 0.85;",
                        "SERVE_UNTIL = 1.1;"),
                Mutant.of("no fence", ONE_OWNER, "internal/Lease.java", "SERVE_UNTIL = 0.85;", "SERVE_UNTIL = 1e6;"),
                Mutant.of(
                        "fence by a timer alone",
                        ONE_OWNER,
                        "internal/Shift.java",
                        "if (room.isOpen() && !lease.serves()) {",
                        "if (room.isOpen() && !lease.isGranted()) {"),
                Mutant.of(
                        "lease counted from the reply",
                        ONE_OWNER,
                        "internal/LeaseKeeper.java",
                        "lease.renew(asked, length)",
                        "lease.renew(Lease.Moment.now(host.time()), length)"),
                Mutant.of(
                        "wall clock ignored",
                        ONE_OWNER,
                        "internal/Lease.java",
                        "return Math.max(monotonic, wall);",
                        "return monotonic;"),
                Mutant.of(
                        "monotonic clock ignored",
                        ONE_OWNER,
                        "internal/Lease.java",
                        "return Math.max(monotonic, wall);",
                        "return wall;"),
                Mutant.of(
                                "clocks of two machines compared",
                                ONE_OWNER,
                                "InMemoryRegistry.java",
                                "new HeartbeatResult.Renewed(lease, known.ordered())",
                                "new HeartbeatResult.Renewed(lease.plusMillis(time.wallMillis()), known.ordered())")
                        .and(
                                "internal/LeaseKeeper.java",
                                "granted(lease, asked, renewed.lease());",
                                "java.time.Duration left = renewed.lease().minusMillis(host.time().wallMillis());"
                                        + " java.time.Duration least = java.time.Duration.ofMillis(500);"
                                        + " granted(lease, asked, left.compareTo(least) < 0 ? least : left);"),
                Mutant.of(
                        "epoch not checked on join",
                        EXACT_TICKETS,
                        "internal/Gate.java",
                        "if (assignment.epoch().isNewerThan(arrival.epoch()) || !lease.admits()) {",
                        "if (!lease.admits()) {"),
                Mutant.of(
                                "epoch not checked at confirm",
                                ONE_OWNER,
                                "RoomEntry.java",
                                "Ownership current = newest(assignment);",
                                "Ownership current = newest;")
                        .or(EXACT_TICKETS),
                Mutant.of(
                        "answer of confirm ignored",
                        ONE_OWNER,
                        "internal/Tenure.java",
                        "return lease.commits() && host.ownership().confirm(assignment) ? null : notOwner();",
                        "host.ownership().confirm(assignment); return null;"),
                Mutant.of(
                        "release without epoch",
                        ONE_OWNER,
                        "RoomEntry.java",
                        "if (newest(assignment) != null) {",
                        "if (newest != null && newest.isOf(assignment.owner())) {"),
                Mutant.of(
                        "release by anybody",
                        ONE_OWNER,
                        "RoomEntry.java",
                        "if (newest(assignment) != null) {",
                        "if (newest != null) {"),
                Mutant.of(
                                "room opens again while its release is under way",
                                ONE_OWNER,
                                "internal/Ending.java",
                                "before, after, room::refuseWaiting);",
                                "before, () -> {}, e -> {}); after.run();")
                        .and(
                                "internal/EndedRooms.java",
                                "Ended last = ended.get(assignment.room());",
                                "Ended last = null;"),
                Mutant.of(
                        "room opens again after its release",
                        ONE_OWNER,
                        "internal/EndedRooms.java",
                        "Ended last = ended.get(assignment.room());",
                        "Ended last = null;"),
                Mutant.of(
                        "ticket replay",
                        EXACT_TICKETS,
                        "internal/UsedTickets.java",
                        "if (used.contains(id)) {",
                        "if (id.isEmpty()) {"),
                Mutant.of(
                        "used tickets forgotten too early",
                        EXACT_TICKETS,
                        "internal/UsedTickets.java",
                        "new RecentIds(time, MEMORY, capacity);",
                        "new RecentIds(time, MEMORY.dividedBy(20), capacity);"),
                Mutant.of(
                                "ticket of an earlier life accepted",
                                EXACT_TICKETS,
                                "internal/HostRooms.java",
                                "if (!assignment.owner().equals(current.incarnation())) {",
                                "if (!assignment.owner().host().equals(current.incarnation().host())) {")
                        .or(ONE_OWNER),
                Mutant.of(
                                "ticket of another host accepted",
                                EXACT_TICKETS,
                                "internal/HostRooms.java",
                                "if (!assignment.owner().equals(current.incarnation())) {",
                                "if (assignment.room().value().isEmpty()) {")
                        .or(ONE_OWNER),
                Mutant.of(
                                "epochs begin anew with the registry",
                                EPOCHS_GROW,
                                "Epochs.java",
                                "Math.max(0, wallMillis) << PER_MILLISECOND_BITS",
                                "PER_MILLISECOND_BITS")
                        .or(ONE_OWNER),
                Mutant.of(
                        "registry does not wait for hosts after a restart",
                        ONE_OWNER,
                        "Settling.java",
                        "void check(long now) { if (!isOver(now)) {",
                        "void check(long now) { if (now == Long.MIN_VALUE) {"),
                Mutant.of(
                        "room limit off by one",
                        CAPACITY,
                        "internal/EntryRules.java",
                        "return staying < limit",
                        "return staying <= limit"),
                Mutant.of(
                                "host's connection limit off by one",
                                CAPACITY,
                                "internal/Places.java",
                                "if (taken.incrementAndGet() > capacity) {",
                                "if (taken.incrementAndGet() > capacity + 1) {")
                        .and("internal/Places.java", "if (taken.get() >= capacity) {", "if (taken.get() > capacity) {"),
                Mutant.of(
                        "host's room limit off by one",
                        CAPACITY,
                        "HostLease.java",
                        "if (rooms >= registration.capacity().rooms()) {",
                        "if (rooms > registration.capacity().rooms()) {"),
                Mutant.of(
                        "message sent twice",
                        DELIVERY,
                        "internal/SessionRuntime.java",
                        "Delivery delivery = connection.offer(message);",
                        "connection.offer(message); Delivery delivery = connection.offer(message);"),
                Mutant.of(
                        "early messages lost",
                        DELIVERY,
                        "internal/Doorstep.java",
                        "Said said = new Said(events, refusals);",
                        "Said said = new Said(List.of(), refusals);"),
                Mutant.of(
                        "second batch is never flushed",
                        NO_LOST_ROOM,
                        "internal/SessionRuntime.java",
                        "void flush() { dirty = false;",
                        "void flush() {"),
                Mutant.of(
                        "store without fence",
                        FENCED_WRITES,
                        "session/KeptRoom.java",
                        "return epoch.value() < newest;",
                        "return epoch.value() < 0;"),
                Mutant.of(
                        "load does not fence",
                        FENCED_WRITES,
                        "session/KeptRoom.java",
                        "return new KeptRoom(epoch.value(), next,",
                        "return new KeptRoom(newest, next,"),
                Mutant.of(
                        "late save undoes a newer one",
                        FENCED_WRITES,
                        "session/KeptRoom.java",
                        "case SAVED -> savedUnder == epoch.value() && other <= version;",
                        "case SAVED -> false;"),
                Mutant.of(
                        "idle room closes without being saved",
                        FENCED_WRITES,
                        "internal/Ending.java",
                        "if (keeping == null) { shut(CloseReason.IDLE);",
                        "if (keeping == null || attendance.isEmpty()) { shut(CloseReason.IDLE);"),
                Mutant.of(
                                "resume after failover",
                                HONEST_RESUME,
                                "internal/Keeping.java",
                                "return found.untouched() ? snapshot : new RoomSnapshot(snapshot.state(), List.of());",
                                "return snapshot;")
                        .or(DELIVERY),
                Mutant.of(
                        "resume skips a message",
                        HONEST_RESUME,
                        "internal/SentLog.java",
                        "return kept.stream().skip(kept.size() - (sent - received)).toList();",
                        "return kept.stream().skip(Math.min(kept.size(), 1 + kept.size() - (sent - received))).toList();"),
                Mutant.of(
                                "resume although messages are gone",
                                HONEST_RESUME,
                                "internal/SentLog.java",
                                "return received <= sent && received >= sent - kept.size();",
                                "return received <= sent;")
                        .and(
                                "internal/SentLog.java",
                                "return kept.stream().skip(kept.size() - (sent - received)).toList();",
                                "return kept.stream().skip(Math.max(0, kept.size() - (sent - received))).toList();"),
                Mutant.of(
                        "event taken for handled when it is not",
                        HONEST_RESUME,
                        "internal/Seat.java",
                        "handled = Math.max(handled, handledBefore + number);",
                        "handled = Math.max(handled, handledBefore + number + 1);"),
                Mutant.of(
                        "handled events forgotten in a hand-over",
                        DELIVERY,
                        "internal/SavedSeat.java",
                        "seat.handled(), seat.log().sent(),",
                        "0, seat.log().sent(),"),
                Mutant.of(
                                "events handled after the last snapshot",
                                HONEST_RESUME,
                                "internal/Attendance.java",
                                "members.snapshot().forEach(SessionRuntime::ending); sealed = true;",
                                "sealed = true;")
                        .or(CALLBACKS)
                        .or(DELIVERY)
                        .or(FENCED_WRITES),
                Mutant.of(
                        "newcomers admitted without a lease",
                        ONE_OWNER,
                        "internal/Lease.java",
                        "return usedShare() < ADMIT_UNTIL;",
                        "return serves();"));
    }
}
