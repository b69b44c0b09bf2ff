package io.roomrouting.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What a room leaves to its next owner, in the form in which a {@link io.roomrouting.session.RoomStateStore} keeps it: a
 * version, the handler's own state, and the seats of a room that was handed over.
 *
 * @param state what the handler wrote
 * @param seats empty but for a last snapshot
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record RoomSnapshot(byte[] state, List<SavedSeat> seats) {

    /** How large a handler's own state may be, in bytes. */
    static final int MAX_STATE = 2 * 1024 * 1024;

    private static final int VERSION = 1;

    byte[] toBytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(state.length + 64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(state.length);
            out.write(state);
            SavedSeat.write(seats, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a snapshot.
     *
     * @throws IOException if it is none, or of a later version than this
     */
    static RoomSnapshot from(byte[] stored) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IOException("a snapshot of version " + version + " cannot be read, only of " + VERSION);
            }
            byte[] state = bytes(in);
            return new RoomSnapshot(state, SavedSeat.readAll(in));
        }
    }

    static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(count(in, in.available()));
    }

    static int count(DataInputStream in, int most) throws IOException {
        int count = in.readInt();
        if (count < 0 || count > most) {
            throw new IOException("a snapshot with a count of " + count + " is damaged");
        }
        return count;
    }
}
