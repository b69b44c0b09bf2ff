package io.roomrouting.session;

import io.roomrouting.RoomId;
import io.roomrouting.session.KeptRoom.Stage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The file of one room.
 *
 * <p>Format, big-endian: magic {@code RRST}, format version (int), stage (int: 1 opened, 2 saved, 3 closed), newest epoch (long), epoch of the state
 * (long), its version (long), whether it was loaded since (int), length of the state (int), CRC-32 of all that and of the state (int), the
 * state. A file is never changed: the next one takes its place in one step, so that a reader sees the one or the other.
 */
final class StateFile {

    static final String SUFFIX = ".room";
    static final String TEMPORARY = ".tmp";
    static final int HEADER = 48;

    private static final int MAGIC = 0x52525354;
    private static final int VERSION = 1;
    private static final int CHECKED = HEADER - Integer.BYTES;

    /** The file is there but cannot be what was written. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(Path file, String what) {
            super(file + " is damaged: " + what);
        }
    }

    private StateFile() {}

    /**
     * The file's name. Capitals become {@code +} and the small letter, as some file systems take both for the same; the
     * prefix keeps clear of names such as {@code con}, which others reserve.
     */
    static String nameOf(RoomId room) {
        StringBuilder name = new StringBuilder("r-");
        for (int i = 0; i < room.value().length(); i++) {
            char c = room.value().charAt(i);
            if (c >= 'A' && c <= 'Z') {
                name.append('+').append((char) (c - 'A' + 'a'));
            } else {
                name.append(c);
            }
        }
        return name.append(SUFFIX).toString();
    }

    static List<Path> list(Path directory, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "*" + suffix)) {
            stream.forEach(found::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return found;
    }

    static Optional<KeptRoom> read(Path file) throws IOException {
        ByteBuffer content;
        try {
            content = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (content.remaining() < HEADER) {
            throw new Damaged(file, "it ends within its header");
        }
        if (content.getInt() != MAGIC) {
            throw new Damaged(file, "it does not begin like a room's state");
        }
        int version = content.getInt();
        if (version != VERSION) {
            throw new Damaged(file, "its format is version " + version + ", and " + VERSION + " is understood");
        }
        if (content.getInt(CHECKED) != checksum(content.array())) {
            throw new Damaged(file, "its checksum does not fit");
        }
        Stage stage = stage(file, content.getInt());
        long newest = content.getLong();
        long savedUnder = content.getLong();
        long stateVersion = content.getLong();
        boolean loadedSince = content.getInt() != 0;
        byte[] state = new byte[content.getInt()];
        content.position(HEADER).get(state);
        return Optional.of(new KeptRoom(newest, stage, savedUnder, stateVersion, loadedSince, state));
    }

    static void write(Path file, KeptRoom room) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(HEADER + room.state().length)
                .putInt(MAGIC)
                .putInt(VERSION)
                .putInt(code(room.stage()))
                .putLong(room.newest())
                .putLong(room.savedUnder())
                .putLong(room.version())
                .putInt(room.loadedSince() ? 1 : 0)
                .putInt(room.state().length)
                .putInt(0)
                .put(room.state());
        content.putInt(CHECKED, checksum(content.array()));
        replace(file, content.flip());
    }

    /** Puts content in a file's place, whole or not at all, and down to the disk. The caller keeps rivals away. */
    static void replace(Path file, ByteBuffer content) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + TEMPORARY);
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        forceDirectoryOf(file);
    }

    /** Makes the new name as durable as the content, where a directory can be opened like a file. */
    private static void forceDirectoryOf(Path file) throws IOException {
        Path directory = file.resolveSibling(".");
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }

    private static int code(Stage stage) {
        return switch (stage) {
            case OPENED -> 1;
            case SAVED -> 2;
            case CLOSED -> 3;
        };
    }

    private static Stage stage(Path file, int code) throws Damaged {
        return switch (code) {
            case 1 -> Stage.OPENED;
            case 2 -> Stage.SAVED;
            case 3 -> Stage.CLOSED;
            default -> throw new Damaged(file, "there is no stage " + code);
        };
    }

    private static int checksum(byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content, 0, CHECKED);
        sum.update(content, HEADER, content.length - HEADER);
        return (int) sum.getValue();
    }
}
