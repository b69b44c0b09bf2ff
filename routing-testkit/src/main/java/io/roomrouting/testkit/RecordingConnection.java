package io.roomrouting.testkit;

import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.session.Delivery;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.session.SessionHost;
import io.roomrouting.spi.Admission;
import io.roomrouting.spi.Connection;
import io.roomrouting.spi.ConnectionListener;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import io.roomrouting.spi.Welcome;
import io.roomrouting.spi.WireFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection without a network: keeps what a session host does to it, and can do what a client does.
 *
 * <p>What was offered counts as received when the host has flushed. When the host refuses or closes, the connection ends
 * at once and says so. The client's half ({@link #send}, {@link #end}) is for one thread at a time; everything may be
 * looked at from any thread.
 */
public final class RecordingConnection implements Connection {

    private final RecordingFormat format;
    private final Transcript transcript;
    private final List<RecordedMessage> gathered = new ArrayList<>();
    private final List<RecordedMessage> received = new ArrayList<>();
    private @Nullable ConnectionListener listener;
    private @Nullable Welcome welcome;
    private @Nullable RoutingException refusal;
    private @Nullable Closing closing;
    private @Nullable LeaveReason ended;
    private boolean reading = true;
    private int flushes;

    /**
     * How the host ended a session.
     *
     * @param reason why
     * @param retryAfter how long the client shall wait before it looks its room up again; zero for no wish
     */
    public record Closing(LeaveReason reason, Duration retryAfter) {}

    private RecordingConnection(RecordingFormat format, Transcript transcript) {
        this.format = format;
        this.transcript = transcript;
    }

    /**
     * Knocks at a host.
     *
     * @param host the host
     * @param admission the ticket
     * @param format what messages are recorded as; share one among the connections that shall share encodings
     * @param time dates what happens
     * @return the connection; see {@link #sessionId()} and {@link #refusal()}
     */
    public static RecordingConnection open(
            SessionHost host, Admission admission, RecordingFormat format, TimeSource time) {
        return open(host, admission, format, new Transcript(time, time.nanoTime()));
    }

    /**
     * Knocks at a host like {@link #open}, and reads nothing until {@link #resumeReading}.
     *
     * @param host the host
     * @param admission the ticket
     * @param format what messages are recorded as
     * @param time dates what happens
     * @return the connection
     */
    public static RecordingConnection openNotReading(
            SessionHost host, Admission admission, RecordingFormat format, TimeSource time) {
        RecordingConnection connection = new RecordingConnection(format, new Transcript(time, time.nanoTime()));
        connection.stopReading();
        connection.attach(host.admit(admission, connection));
        return connection;
    }

    static RecordingConnection open(
            SessionHost host, Admission admission, RecordingFormat format, Transcript transcript) {
        RecordingConnection connection = new RecordingConnection(format, transcript);
        connection.attach(host.admit(admission, connection));
        return connection;
    }

    private void attach(ConnectionListener told) {
        LeaveReason alreadyEnded;
        synchronized (this) {
            listener = told;
            alreadyEnded = ended;
        }
        if (alreadyEnded != null) {
            told.onClosed(alreadyEnded);
        }
    }

    // What the host does

    @Override
    public WireFormat format() {
        return format;
    }

    @Override
    public synchronized void accept(Welcome told) {
        welcome = told;
        boolean resumed = told.seat().map(Welcome.Seat::resumed).orElse(false);
        transcript.happened(resumed ? "resumed" : "joined");
    }

    @Override
    public void refuse(RoutingException why) {
        synchronized (this) {
            refusal = why;
            transcript.happened("refused: " + why.code() + " (" + why.getMessage() + ")");
        }
        finish(LeaveReason.LEFT);
    }

    @Override
    public synchronized Delivery offer(Encoded message) {
        if (ended != null) {
            return Delivery.CLOSED;
        }
        RecordedMessage recorded = (RecordedMessage) message;
        if (!reading) {
            transcript.happened("not taken, the queue is full: " + recorded);
            return Delivery.SATURATED;
        }
        gathered.add(recorded);
        return Delivery.ACCEPTED;
    }

    @Override
    public synchronized void flush() {
        flushes++;
        write();
    }

    @Override
    public void close(LeaveReason reason, Duration retryAfter) {
        synchronized (this) {
            if (ended != null) {
                return;
            }
            write();
            closing = new Closing(reason, retryAfter);
            transcript.happened("closed: " + reason + (retryAfter.isZero() ? "" : ", come back after " + retryAfter));
        }
        finish(reason);
    }

    private void write() {
        gathered.forEach(transcript::received);
        received.addAll(gathered);
        gathered.clear();
    }

    private void finish(LeaveReason reason) {
        ConnectionListener told;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            told = listener;
        }
        if (told != null) {
            told.onClosed(reason);
        }
    }

    // What the client does

    /**
     * Says something; several events arrive with one read.
     *
     * @param events what to say
     * @return what became of each
     */
    public List<Delivery> send(InboundEvent... events) {
        ConnectionListener told = listener();
        List<Delivery> deliveries = new ArrayList<>();
        for (InboundEvent event : events) {
            transcript.happened("-> " + event.name() + textOf(event));
            deliveries.add(told.onEvent(event));
        }
        told.onReadComplete();
        return deliveries;
    }

    private static String textOf(InboundEvent event) {
        StringBuilder text = new StringBuilder();
        event.arguments().forEach(argument -> text.append(' ').append(argument));
        return event.replyId() == InboundEvent.NO_REPLY
                ? text.toString()
                : text.append(" (asks for reply ")
                        .append(event.replyId())
                        .append(')')
                        .toString();
    }

    private synchronized ConnectionListener listener() {
        if (listener == null) {
            throw new IllegalStateException("a client cannot speak before the host has answered its knock");
        }
        return listener;
    }

    /** Stops reading: its outbound queue counts as full from now on. */
    public synchronized void stopReading() {
        reading = false;
        transcript.happened("stopped reading");
    }

    /** Reads again. */
    public synchronized void resumeReading() {
        reading = true;
        transcript.happened("reads again");
    }

    /**
     * Ends the connection from the client's side; does nothing if it has ended.
     *
     * @param reason why, for example {@link LeaveReason#LEFT} or {@link LeaveReason#CONNECTION_LOST}
     */
    public void end(LeaveReason reason) {
        synchronized (this) {
            if (ended == null) {
                transcript.happened("ended by the client: " + reason);
            }
        }
        finish(reason);
    }

    /** The host has vanished: the connection is over, and nobody is told. */
    synchronized void vanish() {
        if (ended == null) {
            transcript.happened("the host has vanished");
            ended = LeaveReason.CONNECTION_LOST;
        }
        listener = null;
    }

    // What can be seen

    /**
     * Says whether the client is in the room.
     *
     * @return true from its acceptance to its end
     */
    public synchronized boolean isOpen() {
        return welcome != null && ended == null;
    }

    /**
     * Returns the session's public name.
     *
     * @return the name; empty if the client was not let in, or not yet
     */
    public synchronized Optional<String> sessionId() {
        return Optional.ofNullable(welcome).map(Welcome::sessionId);
    }

    /**
     * Returns the client's seat.
     *
     * @return as the host told; empty if the client asked for none, or the room gives none
     */
    public synchronized Optional<Welcome.Seat> seat() {
        return Optional.ofNullable(welcome).flatMap(Welcome::seat);
    }

    /**
     * Tells the host how many messages of the session have arrived.
     *
     * @param count how many in all
     */
    public void acknowledge(long count) {
        listener().onAcknowledged(count);
    }

    /**
     * Returns why the client was not let in.
     *
     * @return the refusal; empty if there was none, or not yet
     */
    public synchronized Optional<RoutingException> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * Returns how the host ended the session.
     *
     * @return the end; empty if the host did not end it
     */
    public synchronized Optional<Closing> closing() {
        return Optional.ofNullable(closing);
    }

    /**
     * Returns what the client has received.
     *
     * @return a snapshot, oldest first
     */
    public List<RecordedMessage> received() {
        return receivedSince(0);
    }

    synchronized List<RecordedMessage> receivedSince(int count) {
        return List.copyOf(received.subList(count, received.size()));
    }

    /**
     * Counts how often the host has flushed.
     *
     * @return the number of flushes
     */
    public synchronized int flushes() {
        return flushes;
    }

    Transcript transcript() {
        return transcript;
    }

    /** Shows what happened, with times counted from the start. */
    @Override
    public String toString() {
        return transcript.show(message -> false);
    }
}
