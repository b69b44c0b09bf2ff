package io.roomrouting.agones;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/**
 * Small exchanges of JSON over HTTP. Each has a time-out that covers all of it; none is repeated or redirected, since an
 * allocation must not be made twice unseen and a token must not follow a redirect; answers are bounded.
 */
final class JsonHttp implements AutoCloseable {

    static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final MediaType TYPE = MediaType.get("application/json");
    private static final int MAX_ANSWER_BYTES = 1 << 20;
    private static final int MAX_IDLE_CONNECTIONS = 16;

    private final OkHttpClient client;

    /**
     * What a server has answered.
     *
     * @param status the HTTP status
     * @param body missing if it was an error without JSON
     * @param retryAfter what the header {@code Retry-After} says in seconds
     */
    record Answer(int status, JsonNode body, Optional<Duration> retryAfter) {

        boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    JsonHttp(UnaryOperator<OkHttpClient.Builder> settings) {
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                // The time-out of the whole call is the only one.
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .connectionPool(new ConnectionPool(MAX_IDLE_CONNECTIONS, 1, TimeUnit.MINUTES));
        client = settings.apply(builder).build();
    }

    static RequestBody json(JsonNode body) throws IOException {
        return RequestBody.create(JSON.writeValueAsBytes(body), TYPE);
    }

    /**
     * Asks and waits for the answer.
     *
     * @throws IOException if there was none in time, or it was too long or, though a success, not JSON
     */
    Answer send(Request request, Duration timeout) throws IOException {
        Call call = client.newCall(request);
        // Zero would mean that it may take for ever.
        call.timeout().timeout(Math.max(1, timeout.toNanos()), TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            return new Answer(response.code(), body(response), retryAfter(response));
        }
    }

    private static JsonNode body(Response response) throws IOException {
        BufferedSource source = response.body().source();
        source.request(MAX_ANSWER_BYTES + 1L);
        if (source.getBuffer().size() > MAX_ANSWER_BYTES) {
            throw new IOException("the answer is longer than " + MAX_ANSWER_BYTES + " bytes");
        }
        try {
            return JSON.readTree(source.getBuffer().readByteArray());
        } catch (JacksonException e) {
            if (response.isSuccessful()) {
                // Without its cause, which quotes the answer.
                throw new IOException("the answer is not JSON");
            }
            return MissingNode.getInstance();
        }
    }

    private static Optional<Duration> retryAfter(Response response) {
        String header = response.header("Retry-After", "");
        boolean seconds = header != null && header.matches("[0-9]{1,6}");
        return seconds ? Optional.of(Duration.ofSeconds(Long.parseLong(header))) : Optional.empty();
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
