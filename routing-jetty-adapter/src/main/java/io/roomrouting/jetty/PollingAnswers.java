package io.roomrouting.jetty;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.roomrouting.TimeSource;
import io.roomrouting.socketio.engine.HttpReply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the answers to clients that poll. Does not block and compresses nothing on the calling thread, which holds a
 * session's lock.
 *
 * @param compresses whether long answers are compressed for those who can read it
 * @param cookie the name of the cookie that keeps a client on one server
 * @param time limits what takes too long
 */
record PollingAnswers(boolean compresses, Optional<String> cookie, TimeSource time) {

    private static final Logger LOG = LoggerFactory.getLogger(PollingAnswers.class);
    private static final int WORTH_COMPRESSING = 1024;
    private static final String HANDSHAKE = "0{\"sid\":\"";
    private static final int SID_LENGTH = 20;

    void write(Exchange exchange, HttpReply reply) {
        reply.headers().forEach(exchange.response().getHeaders()::put);
        byte[] body = new byte[reply.body().remaining()];
        reply.body().get(body);
        boolean packets = reply.status() == HttpStatus.OK_200 && isGet(exchange.request());
        if (packets) {
            addCookie(exchange, body);
        }
        if (packets && compresses && body.length >= WORTH_COMPRESSING && takesGzip(exchange.request())) {
            compressElsewhere(exchange, body);
        } else {
            exchange.send(reply.status(), body);
        }
    }

    private void addCookie(Exchange exchange, byte[] body) {
        if (cookie.isPresent() && isHandshake(body)) {
            String sid = new String(body, HANDSHAKE.length(), SID_LENGTH, US_ASCII);
            exchange.response()
                    .getHeaders()
                    .add(HttpHeader.SET_COOKIE, cookie.get() + "=" + sid + "; Path=/; HttpOnly; SameSite=Lax");
        }
    }

    /** The first packet of a session begins with its name. */
    private static boolean isHandshake(byte[] body) {
        if (body.length < HANDSHAKE.length() + SID_LENGTH) {
            return false;
        }
        for (int i = 0; i < HANDSHAKE.length(); i++) {
            if (body[i] != HANDSHAKE.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void compressElsewhere(Exchange exchange, byte[] body) {
        try {
            exchange.request().getComponents().getExecutor().execute(() -> {
                byte[] compressed = gzip(body);
                exchange.response().getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
                exchange.send(HttpStatus.OK_200, compressed);
            });
        } catch (RejectedExecutionException e) {
            LOG.debug("The server is busy or stops; an answer goes out as it is", e);
            exchange.send(HttpStatus.OK_200, body);
        }
    }

    private static boolean isGet(Request request) {
        return HttpMethod.GET.is(request.getMethod());
    }

    private static boolean takesGzip(Request request) {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
                .anyMatch(coding -> coding.equalsIgnoreCase("gzip") || coding.equals("*"));
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream(bytes.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can always be written to", e);
        }
        return compressed.toByteArray();
    }
}
