package io.roomrouting.session;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a host reports, one line each. */
final class Reports implements SessionListener {

    final List<String> lines = new ArrayList<>();

    @Override
    public void roomOpened(RoomId room) {
        lines.add("opened " + room);
    }

    @Override
    public void roomClosed(RoomId room, CloseReason reason) {
        lines.add("closed " + room + " " + reason);
    }

    @Override
    public void connectionRefused(ErrorCode code) {
        lines.add("no connection " + code);
    }

    @Override
    public void admissionRefused(RoomId room, UserId user, ErrorCode code) {
        lines.add("not admitted " + user + " " + code);
    }

    @Override
    public void joined(RoomId room, UserId user) {
        lines.add("joined " + user);
    }

    @Override
    public void dropped(RoomId room, UserId user) {
        lines.add("dropped " + user);
    }

    @Override
    public void resumed(RoomId room, UserId user) {
        lines.add("resumed " + user);
    }

    @Override
    public void notResumed(RoomId room, UserId user) {
        lines.add("not resumed " + user);
    }

    @Override
    public void notSaved(RoomId room, Throwable failure) {
        lines.add("not saved " + failure.getMessage());
    }

    @Override
    public void left(RoomId room, UserId user, LeaveReason reason) {
        lines.add("left " + user + " " + reason);
    }

    @Override
    public void eventRefused(RoomId room, String code) {
        lines.add("refused " + code);
    }

    @Override
    public void saturated(RoomId room, UserId user) {
        lines.add("saturated " + user);
    }

    @Override
    public void handlerFailed(RoomId room, String callback, Throwable failure) {
        lines.add("failed " + callback + " " + failure.getMessage());
    }

    @Override
    public void slowHandler(RoomId room, Duration duration) {
        lines.add("slow " + duration.toMillis());
    }

    @Override
    public void leaseChanged(boolean held) {
        lines.add("lease " + held);
    }

    @Override
    public void drainChanged(boolean draining) {
        lines.add("drains " + draining);
    }
}
