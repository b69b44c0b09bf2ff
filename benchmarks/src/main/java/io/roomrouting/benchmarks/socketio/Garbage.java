package io.roomrouting.benchmarks.socketio;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.zip.Deflater;

/** What no client says: bytes of any kind, and packets that are nearly right. */
final class Garbage {

    private static final String LETTERS = "0123456789-/,[]{}\":_placeholdernum \u001e\\ué\u0000";
    private static final String[] WORDS = {
        "[\"a\"]",
        "{\"_placeholder\":true,\"num\":0}",
        "{\"_placeholder\":true,\"num\":-1}",
        "[\"connect\"]",
        "[]",
        "[1e999999999]",
        "/x,",
        "99999999999999999999",
        "b!!!!",
        "bAAAA",
        "40",
        "42",
        "43",
        "451-",
        "45999999999-",
        "461-1",
        "\u001e",
        "2probe",
        "5",
        "1",
        "3"
    };

    private static final byte[] BOMB = deflated(new byte[64_000_000]);

    private Garbage() {}

    /** 64 MB of nothing, compressed as the messages of a WebSocket are; shared, not to be changed. */
    static byte[] bomb() {
        return BOMB;
    }

    private static byte[] deflated(byte[] content) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        deflater.setInput(content);
        deflater.finish();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] piece = new byte[1 << 13];
        while (!deflater.finished()) {
            bytes.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return bytes.toByteArray();
    }

    static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[1 + random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A packet, or several, of letters and words that occur in packets. */
    static String packet(Random random) {
        StringBuilder packet = new StringBuilder();
        for (int i = random.nextInt(12); i >= 0; i--) {
            if (random.nextInt(3) == 0) {
                packet.append(WORDS[random.nextInt(WORDS.length)]);
            } else {
                packet.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return packet.toString();
    }

    /** The name of no session. */
    static String sid(Random random) {
        StringBuilder sid = new StringBuilder();
        for (int i = random.nextInt(4) == 0 ? random.nextInt(40) : 20; i > 0; i--) {
            sid.append((char) ('a' + random.nextInt(26)));
        }
        return sid.toString();
    }
}
