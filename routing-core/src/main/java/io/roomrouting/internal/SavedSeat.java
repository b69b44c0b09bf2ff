package io.roomrouting.internal;

import io.roomrouting.Identity;
import io.roomrouting.UserId;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.WireFormat;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A seat on its way from one owner of a room to the next.
 *
 * @param sessionId the session's public name
 * @param identity who sits there
 * @param token the hash of the secret to come back with
 * @param format what the messages are encoded in
 * @param handled how many of the client's events were handled
 * @param sent how many messages were sent
 * @param kept the newest of them, as {@link WireFormat#store} writes them
 * @param grace how long the next owner waits for the client
 */
record SavedSeat(
        String sessionId,
        Identity identity,
        SeatToken.Hash token,
        String format,
        long handled,
        long sent,
        List<byte[]> kept,
        Duration grace) {

    /** How many bytes of messages are handed over for all seats of a room together. */
    static final long MAX_BYTES = 1024 * 1024;

    private static final int MAX_SEATS = 100_000;

    static SavedSeat of(SessionRuntime session, Seat seat, Duration grace) {
        List<byte[]> kept =
                seat.log().kept().stream().map(session.format()::store).toList();
        return new SavedSeat(
                session.id(),
                session.identity(),
                seat.hash(),
                session.format().name(),
                seat.handled(),
                seat.log().sent(),
                kept,
                grace);
    }

    /** Takes a session of another owner up; null if nobody here speaks its format. */
    @Nullable SessionRuntime restore(RoomRuntime room, @Nullable WireFormat spoken, int maxMessages) {
        if (spoken == null) {
            return null;
        }
        List<Encoded> messages = kept.stream().map(spoken::restore).toList();
        Seat seat = new Seat(token, new SentLog(maxMessages, sent, messages), handled);
        return new SessionRuntime(sessionId, identity, room, spoken, seat);
    }

    /** Chooses the seats that are not too much to hand over. Not thread-safe. */
    static final class Packing {

        private final Duration grace;
        private long bytes;

        Packing(Duration grace) {
            this.grace = grace;
        }

        /** Says whether there is space for this session too, and reserves it. */
        boolean fits(SessionRuntime session) {
            Seat seat = session.seat();
            if (seat == null || bytes + seat.log().bytes() > MAX_BYTES) {
                return false;
            }
            bytes += seat.log().bytes();
            return true;
        }

        List<SavedSeat> seats(List<SessionRuntime> sessions) {
            List<SavedSeat> saved = new ArrayList<>();
            for (SessionRuntime session : sessions) {
                Seat seat = session.seat();
                if (seat != null) {
                    saved.add(of(session, seat, grace));
                }
            }
            return saved;
        }
    }

    static void write(List<SavedSeat> seats, DataOutputStream out) throws IOException {
        out.writeInt(seats.size());
        for (SavedSeat seat : seats) {
            seat.write(out);
        }
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeUTF(sessionId);
        out.writeUTF(identity.user().value());
        out.writeInt(identity.attributes().size());
        for (Map.Entry<String, String> attribute : identity.attributes().entrySet()) {
            out.writeUTF(attribute.getKey());
            out.writeUTF(attribute.getValue());
        }
        out.writeUTF(token.value());
        out.writeUTF(format);
        out.writeLong(handled);
        out.writeLong(sent);
        out.writeLong(grace.toMillis());
        out.writeInt(kept.size());
        for (byte[] message : kept) {
            out.writeInt(message.length);
            out.write(message);
        }
    }

    static List<SavedSeat> readAll(DataInputStream in) throws IOException {
        int count = RoomSnapshot.count(in, MAX_SEATS);
        List<SavedSeat> seats = new ArrayList<>(Math.min(count, 1_000));
        for (int i = 0; i < count; i++) {
            seats.add(read(in));
        }
        return seats;
    }

    private static SavedSeat read(DataInputStream in) throws IOException {
        String sessionId = in.readUTF();
        UserId user = UserId.of(in.readUTF());
        Map<String, String> attributes = new HashMap<>();
        for (int left = RoomSnapshot.count(in, 100); left > 0; left--) {
            attributes.put(in.readUTF(), in.readUTF());
        }
        SeatToken.Hash token = new SeatToken.Hash(in.readUTF());
        String format = in.readUTF();
        long handled = in.readLong();
        long sent = in.readLong();
        Duration grace = Duration.ofMillis(in.readLong());
        List<byte[]> kept = new ArrayList<>();
        for (int left = RoomSnapshot.count(in, MAX_SEATS); left > 0; left--) {
            kept.add(RoomSnapshot.bytes(in));
        }
        return new SavedSeat(sessionId, new Identity(user, attributes), token, format, handled, sent, kept, grace);
    }
}
