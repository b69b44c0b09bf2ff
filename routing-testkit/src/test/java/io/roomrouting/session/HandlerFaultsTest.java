package io.roomrouting.session;

import static io.roomrouting.session.HostRig.asking;
import static io.roomrouting.session.HostRig.closing;
import static io.roomrouting.session.HostRig.event;
import static io.roomrouting.session.HostRig.heard;
import static io.roomrouting.session.HostRig.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.RecordingConnection;
import io.roomrouting.testkit.RecordingFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A room's code that throws loses one event, not the room; a RoutingException is its way to say no. */
class HandlerFaultsTest {

    private static final String FAULT = "INTERNAL_ERROR (the room could not handle this)";

    private final HostRig rig = new HostRig();

    @Test
    void aFaultInAnEventIsReportedAndTheRoomGoesOn() {
        rig.script
                .on("crash", (room, session, event) -> {
                    throw new IllegalStateException("secret detail");
                })
                .on("ping", (room, session, event) -> event.reply("pong"));
        RecordingConnection alice = rig.join("alice");

        alice.send(event("crash"), asking(1, "crash"), asking(2, "ping"));

        assertThat(heard(alice)).containsExactly("error " + FAULT, "reply 1 error " + FAULT, "reply 2 \"pong\"");
        assertThat(rig.reports.lines).endsWith("failed onEvent secret detail", "failed onEvent secret detail");
    }

    @Test
    void anErrorIsAFaultLikeAnyOther() {
        rig.script.on("crash", (room, session, event) -> {
            throw new StackOverflowError("too deep");
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(1, "crash"), event("next"));

        assertThat(heard(alice)).containsExactly("reply 1 error " + FAULT);
        assertThat(rig.script.happened).endsWith("alice crash", "alice next");
    }

    @Test
    void aRoutingExceptionIsToldToTheClientAndIsNoFault() {
        rig.script.on("enter", (room, session, event) -> {
            throw RoutingException.roomRefused(ErrorCode.ROOM_LOCKED, "the door is locked");
        });
        RecordingConnection alice = rig.join("alice");

        alice.send(event("enter"), asking(7, "enter"));

        assertThat(heard(alice))
                .containsExactly(
                        "error ROOM_LOCKED (the door is locked)", "reply 7 error ROOM_LOCKED (the door is locked)");
        assertThat(rig.reports.lines).noneMatch(line -> line.startsWith("failed"));
    }

    @Test
    void anArgumentThatDoesNotFitIsTheClientsFault() {
        rig.script.on(
                "add",
                (room, session, event) -> event.reply(
                        event.data(Integer.class) + event.argument(1).as(Integer.class)));
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(1, "add", 1, 2), asking(2, "add", 1), asking(3, "add", "one", 2));

        assertThat(heard(alice).get(0)).isEqualTo("reply 1 3");
        assertThat(heard(alice).get(1)).isEqualTo("reply 2 error INVALID_REQUEST (an argument is missing)");
        assertThat(heard(alice).get(2)).startsWith("reply 3 error INVALID_REQUEST");
    }

    @Test
    void whoIsRefusedByOnJoinIsToldWhyAndLeaves() {
        rig.script.onJoin((room, session) -> {
            session.send("welcome");
            throw RoutingException.roomRefused(ErrorCode.ROOM_LOCKED, "the game has begun");
        });

        RecordingConnection alice = rig.knock("alice");

        assertThat(heard(alice)).containsExactly("welcome", "error ROOM_LOCKED (the game has begun)");
        assertThat(closing(alice)).isEqualTo(LeaveReason.KICKED);
        assertThat(rig.script.happened).containsExactly("open", "join alice", "leave alice KICKED");
        assertThat(rig.reports.lines).noneMatch(line -> line.startsWith("failed"));
    }

    @Test
    void whoMeetsAFaultInOnJoinIsSentAwayAndTheOthersStay() {
        rig.script.onJoin((room, session) -> {
            if (session.user().value().equals("bob")) {
                throw new IllegalStateException("no seat");
            }
        });
        RecordingConnection alice = rig.join("alice");

        RecordingConnection bob = rig.knock("bob");

        assertThat(heard(bob)).containsExactly("error " + FAULT);
        assertThat(closing(bob)).isEqualTo(LeaveReason.FAILED);
        assertThat(alice.isOpen()).isTrue();
        assertThat(rig.script.happened).containsExactly("open", "join alice", "join bob", "leave bob FAILED");
        assertThat(rig.reports.lines).contains("failed onJoin no seat");
    }

    @Test
    void aRefusalByOnOpenReachesWhoWaits() {
        rig.script.onOpen(room -> {
            throw RoutingException.roomRefused(ErrorCode.ROOM_NOT_FOUND, "no such document");
        });

        assertThat(refusal(rig.knock("alice"))).isEqualTo(ErrorCode.ROOM_NOT_FOUND);

        assertThat(rig.script.happened).containsExactly("open");
        assertThat(rig.reports.lines).containsExactly("lease true", "not admitted alice ROOM_NOT_FOUND");
    }

    @Test
    void aFactoryThatThrowsOpensNothing() {
        HostRig broken = new HostRig(builder -> builder.rooms(room -> {
            throw new IllegalStateException("not today");
        }));

        assertThat(refusal(broken.knock("alice"))).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(broken.reports.lines).endsWith("failed onOpen not today", "not admitted alice OVERLOADED");
    }

    @Test
    void faultsInOnLeaveAndOnCloseChangeNothing() {
        rig.script
                .onLeave((room, session) -> {
                    throw new IllegalStateException("no leave");
                })
                .onClose(room -> {
                    throw new IllegalStateException("no close");
                });
        rig.join("alice").end(LeaveReason.LEFT);
        rig.time.advance(RoomSettings.defaults().idleTimeout());

        assertThat(rig.script.happened).endsWith("leave alice LEFT", "close IDLE");
        assertThat(rig.reports.lines)
                .contains("failed onLeave no leave", "failed onClose no close", "closed room IDLE");
        assertThat(rig.registry.asked).contains("release room 1 IDLE");
    }

    @Test
    void faultsInTimersAndTasksAreReportedByTheirNames() {
        rig.script.onOpen(room -> {
            room.schedule(Duration.ofSeconds(1), () -> {
                throw new IllegalStateException("no timer");
            });
            room.execute(() -> {
                throw new IllegalStateException("no task");
            });
            room.offload(
                    () -> 1,
                    one -> {
                        throw new IllegalStateException("no result");
                    },
                    failure -> {});
        });
        rig.join("alice");

        rig.time.advance(Duration.ofSeconds(1));

        assertThat(rig.reports.lines)
                .contains("failed timer no timer", "failed execute no task", "failed offload no result");
    }

    @Test
    void aReplyThatCannotBeWrittenIsAFaultThatTheClientLearnsOf() {
        rig.format = RecordingFormat.through(new TextOnly());
        rig.script.on("ask", (room, session, event) -> event.reply(Thread.currentThread()));
        RecordingConnection alice = rig.join("alice");

        alice.send(asking(1, "ask"));

        assertThat(heard(alice)).containsExactly("reply 1 error " + FAULT);
        assertThat(rig.reports.lines).contains("failed onEvent not text");
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        HostRig listened = new HostRig(builder -> builder.listener(new SessionListener() {
            @Override
            public void joined(io.roomrouting.RoomId room, io.roomrouting.UserId user) {
                throw new AssertionError("not listening");
            }
        }));
        RecordingConnection alice = listened.join("alice");

        alice.send(event("hello"));

        assertThat(listened.script.happened).containsExactly("open", "join alice", "alice hello");
    }

    @Test
    void allListenersAreToldWhatABatchCameTo() {
        List<String> batches = new ArrayList<>();
        HostRig listened = new HostRig(builder -> builder.listener(new SessionListener() {
            @Override
            public void worked(RoomId room, int events, int messages, Duration took) {
                batches.add(events + " in, " + messages + " out, " + took.toMillis() + " ms");
            }
        }));
        listened.script.on("say", (room, session, event) -> {
            listened.time.advance(Duration.ofMillis(7));
            room.broadcast("said");
        });
        listened.join("alice");
        RecordingConnection bob = listened.join("bob");
        batches.clear();

        bob.send(event("say"), event("say"), event("think"));

        assertThat(batches).containsExactly("3 in, 4 out, 14 ms");
        assertThat(listened.reports.lines).endsWith("joined alice", "joined bob");
    }

    @Test
    void aCallbackThatHoldsItsThreadForLongIsReported() {
        rig.script.on("work", (room, session, event) -> rig.time.advance(Duration.ofMillis(120)));
        RecordingConnection alice = rig.join("alice");

        alice.send(event("work"));

        assertThat(rig.reports.lines).endsWith("slow 120");
    }
}
