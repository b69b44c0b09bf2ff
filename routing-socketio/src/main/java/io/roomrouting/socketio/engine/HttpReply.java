package io.roomrouting.socketio.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a server is to answer to an HTTP request, the length of the body and its own header fields left to it. Immutable. */
public final class HttpReply {

    private static final Map<String, String> NOTHING = Map.of();

    /** The statuses and headers are those that the reference implementation was seen to send. */
    static final HttpReply OK = text(200, "text/html", "ok", Map.of("Cache-Control", "no-store"));

    static final HttpReply BAD = new HttpReply(400, NOTHING, new byte[0]);
    static final HttpReply TOO_LARGE = new HttpReply(413, NOTHING, new byte[0]);
    static final HttpReply NO_SUCH_METHOD = new HttpReply(500, NOTHING, new byte[0]);
    static final HttpReply FULL = new HttpReply(503, Map.of("Retry-After", "1"), new byte[0]);

    private final int status;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpReply(int status, Map<String, String> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static HttpReply packets(List<EncodedPacket> packets) {
        Map<String, String> headers = Map.of("Content-Type", "text/plain; charset=UTF-8", "Cache-Control", "no-store");
        return new HttpReply(200, headers, PollingPayload.encode(packets));
    }

    static HttpReply refusal(Refusal refusal, String message) {
        String json = "{\"code\":" + refusal.code() + ",\"message\":" + JsonStrings.quoted(message) + "}";
        return text(refusal.status(), "application/json", json, NOTHING);
    }

    static HttpReply refusal(Refusal refusal) {
        return refusal(refusal, refusal.message());
    }

    /** Refuses a WebSocket; the reference implementation answers all of them alike. */
    static HttpReply noWebSocket(String message) {
        return text(400, "text/html", message, Map.of("Connection", "close"));
    }

    private static HttpReply text(int status, String type, String body, Map<String, String> others) {
        Map<String, String> headers = new java.util.HashMap<>(others);
        headers.put("Content-Type", type);
        return new HttpReply(status, Map.copyOf(headers), body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the status.
     *
     * @return for example 200
     */
    public int status() {
        return status;
    }

    /**
     * Returns the header fields.
     *
     * @return without a length
     */
    public Map<String, String> headers() {
        return headers;
    }

    /**
     * Returns the body.
     *
     * @return read-only, with a position of its own; empty if there is none
     */
    public ByteBuffer body() {
        return ByteBuffer.wrap(body).asReadOnlyBuffer();
    }

    @Override
    public String toString() {
        return "HttpReply[" + status + ", " + body.length + " bytes]";
    }
}
