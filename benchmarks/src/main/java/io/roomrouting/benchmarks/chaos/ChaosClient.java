package io.roomrouting.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.benchmarks.chaos.check.History.Step;
import io.roomrouting.benchmarks.chaos.check.Message;
import io.roomrouting.benchmarks.chaos.check.Seat;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One user in one room: says numbered messages, and finds its way back to its seat whatever happens. Belongs to the crowd's
 * thread.
 */
final class ChaosClient implements RoomSocket.Owner {

    /** A connection on which something is due and nothing comes is given up after this. */
    private static final Duration SILENCE = Duration.ofSeconds(3);

    private static final int MAX_UNCONFIRMED = 64;

    private final Crowd crowd;
    private final String user;
    private final String room;
    private final RandomGenerator random;
    private final BackOff backOff;
    private String login = "";
    private String host = "";
    private @Nullable RoomSocket socket;
    private @Nullable HeldSeat seat;
    private boolean in;
    private boolean away;
    private long n;
    private long heardAt;
    private long notBefore = System.nanoTime();

    ChaosClient(Crowd crowd, String user, String room, RandomGenerator random) {
        this.crowd = crowd;
        this.user = user;
        this.room = room;
        this.random = random;
        this.backOff = new BackOff(random);
    }

    // What the crowd asks

    boolean isIn() {
        return in;
    }

    /** Says whether everything it has said was confirmed. */
    boolean isQuiet() {
        return in && seat != null && seat.unconfirmed() == 0;
    }

    /** The seat, if the client is connected. */
    Optional<Seat> seat() {
        return in && seat != null ? Optional.of(seat.seat()) : Optional.empty();
    }

    /** The seat, if the client is connected to this host. */
    Optional<Seat> seatOn(String where) {
        return in && seat != null && host.equals(where) ? Optional.of(seat.seat()) : Optional.empty();
    }

    String describe() {
        return user + " in room " + room + (away ? " stays away" : in ? " on " + host : " is on its way");
    }

    // Finding the way in

    void start() {
        crowd.whenAnswered(crowd.api().login(user), this::loggedIn);
    }

    private void loggedIn(@Nullable HttpResponse<String> answer) {
        if (answer == null || answer.statusCode() != 200) {
            again(answer == null ? Optional.empty() : RetryWish.in(answer, random), this::start);
            return;
        }
        login = RoutingApi.field(answer, "token");
        lookUp();
    }

    private void lookUp() {
        crowd.recorder().attempt(user, notBefore);
        crowd.whenAnswered(crowd.api().lookUp(room, login), this::lookedUp);
    }

    private void lookedUp(@Nullable HttpResponse<String> answer) {
        if (answer == null) {
            again(Optional.empty(), this::lookUp);
        } else if (answer.statusCode() == 200) {
            enter(answer);
        } else if (answer.statusCode() == 401) {
            again(RetryWish.in(answer, random), this::start);
        } else {
            if (answer.statusCode() != 503 && answer.statusCode() != 429) {
                crowd.recorder().trouble("a look-up was answered " + answer.statusCode());
            }
            again(RetryWish.in(answer, random), this::lookUp);
        }
    }

    private void enter(HttpResponse<String> route) {
        host = RoutingApi.field(route, "host");
        heardAt = System.nanoTime();
        String[] credentials = {
            "ticket." + RoutingApi.field(route, "token"), seat == null ? "resume.new" : seat.wish(),
        };
        URI url = URI.create(RoutingApi.field(route, "url"));
        socket = RoomSocket.open(crowd.http(), url, "room.v1", credentials, crowd.thread(), this);
    }

    @Override
    public void notOpened(RoomSocket which, Throwable why) {
        if (which == socket) {
            socket = null;
            Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
            Optional<Duration> wish = cause instanceof WebSocketHandshakeException refused
                    ? RetryWish.in(refused.getResponse(), random)
                    : Optional.empty();
            again(wish, this::lookUp);
        }
    }

    @Override
    public void closed(RoomSocket which, int code, String reason) {
        if (which != socket) {
            return;
        }
        lost();
        if (RetryWish.invites(code)) {
            again(RetryWish.in(reason), this::lookUp);
        } else {
            away = true;
            crowd.recorder().trouble("a client was sent away with " + code + " " + reason);
        }
    }

    private void lost() {
        socket = null;
        if (in && seat != null) {
            in = false;
            crowd.recorder().step(seat.seat(), Step.Kind.DROPPED);
        }
    }

    private void again(Optional<Duration> asked, Runnable what) {
        Duration wait = backOff.next(asked);
        notBefore = System.nanoTime() + wait.toNanos();
        crowd.later(wait, what);
    }

    // Inside

    @Override
    public void received(RoomSocket which, JsonNode frame) {
        if (which != socket) {
            return;
        }
        heardAt = System.nanoTime();
        if (frame.has("session")) {
            welcomed(which, frame.get("session"));
        } else if (seat == null) {
            crowd.recorder().trouble("something came before the session was told");
        } else if (frame.has("ack")) {
            seat.handled(frame.get("ack").asLong());
        } else {
            took(which, seat, frame);
        }
    }

    private void welcomed(RoomSocket open, JsonNode welcome) {
        Seat told = new Seat(user, welcome.path("id").asText());
        HeldSeat former = seat;
        in = true;
        if (former != null && welcome.path("resumed").asBoolean()) {
            crowd.recorder().step(told, Step.Kind.RESUMED);
            former.handled(welcome.path("handled").asLong());
            former.unhandled().forEach(open::send);
        } else {
            if (former != null) {
                crowd.recorder().step(former.seat(), Step.Kind.LOST);
            }
            crowd.recorder().step(told, Step.Kind.BEGUN);
            seat = new HeldSeat(told, welcome.path("token").asText());
        }
        if (crowd.isTalking()) {
            say();
        }
    }

    private void took(RoomSocket open, HeldSeat held, JsonNode frame) {
        if (frame.has("error") || frame.path("event").asText().equals("error")) {
            crowd.recorder().trouble("an event was refused: " + frame);
        } else if (frame.has("reply")) {
            backOff.reset();
            held.confirmed(frame.get("reply").asLong());
            answered(held, frame.path("data"));
        } else if (frame.path("event").asText().equals(NumberedRoom.KEPT)) {
            JsonNode data = frame.path("data");
            crowd.recorder()
                    .kept(
                            data.path("room").asText().intern(),
                            data.path("epoch").asLong(),
                            data.path("seq").asLong());
        } else {
            crowd.recorder().delivered(held.seat(), message(frame.path("data")));
        }
        if (held.took()) {
            open.send(held.acknowledgement());
        }
    }

    private void answered(HeldSeat held, JsonNode data) {
        if (data.has("messages")) {
            List<String> messages = new ArrayList<>();
            data.get("messages").forEach(message -> messages.add(message.asText()));
            crowd.recorder().recited(data.path("room").asText(), messages);
        } else {
            crowd.recorder().replied(held.seat(), message(data));
        }
    }

    private static Message message(JsonNode data) {
        return new Message(
                data.path("room").asText().intern(),
                data.path("host").asText().intern(),
                data.path("epoch").asLong(),
                data.path("seq").asLong(),
                data.path("from").asText().intern(),
                data.path("n").asLong());
    }

    /** Says the next message, or notices that nothing comes back any more. */
    void tick(boolean talking) {
        if (socket == null) {
            return;
        }
        boolean waiting = !in || (seat != null && seat.unconfirmed() > 0);
        if (waiting && System.nanoTime() - heardAt > SILENCE.toNanos()) {
            socket.abort();
            lost();
            again(Optional.empty(), this::lookUp);
        } else if (talking) {
            say();
        }
    }

    private void say() {
        if (in && socket != null && seat != null && seat.unconfirmed() < MAX_UNCONFIRMED) {
            n++;
            crowd.recorder().sent(seat.seat(), n);
            send(socket, seat, NumberedRoom.EVENT);
        }
    }

    /** Asks the room for everything it holds. */
    void askForAll() {
        if (in && socket != null && seat != null) {
            n++;
            send(socket, seat, NumberedRoom.RECITE);
        }
    }

    private void send(RoomSocket open, HeldSeat held, String event) {
        String frame = "{\"event\":\"" + event + "\",\"data\":{\"n\":" + n + "},\"id\":" + n + "}";
        held.said(n, frame);
        open.send(frame);
    }

    /** Loses its connection, and comes back as after any other loss. */
    void breakConnection() {
        if (socket != null && in) {
            socket.abort();
            lost();
            again(Optional.empty(), this::lookUp);
        }
    }

    /** Leaves without a word. */
    void end() {
        RoomSocket last = socket;
        socket = null;
        if (last != null) {
            last.abort();
        }
    }
}
