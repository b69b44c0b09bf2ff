package io.roomrouting.hathora;

import io.roomrouting.RoomId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Sends requests over pooled connections, each once: no redirect is followed, which could carry the token elsewhere, and
 * nothing is repeated, since whoever sends knows how long there is. There are no time-outs here either: giving an
 * exchange up ends it at once, in whatever state it is.
 */
final class HttpCalls implements AutoCloseable {

    /** The largest answer that is read; Hathora's have some hundred bytes. */
    static final int MAX_BODY_BYTES = 64 << 10;

    /** How many requests are on their way at a time; others wait for their turn. */
    private static final int MAX_AT_A_TIME = 128;

    private static final int IDLE_CONNECTIONS = 16;
    private static final Duration IDLE_TIME = Duration.ofSeconds(30);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final MediaType JSON = MediaType.get("application/json");

    private final OkHttpClient client;
    private final HttpUrl rooms;
    private final String token;

    /**
     * Makes the client.
     *
     * @param base an http or https URL
     * @param appId the application, as part of the path
     * @param token a secret
     * @throws IllegalArgumentException if the base is no such URL
     */
    HttpCalls(String base, String appId, String token) {
        this.rooms = HttpUrl.get(base)
                .newBuilder()
                .addPathSegments("rooms/v2")
                .addPathSegment(appId)
                .build();
        this.token = token;
        // Twice as many, since a thread that is done with one request starts the next before it is idle.
        Dispatcher dispatcher = new Dispatcher(new ThreadPoolExecutor(
                0,
                2 * MAX_AT_A_TIME,
                IDLE_TIME.toSeconds(),
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                HttpCalls::thread));
        dispatcher.setMaxRequests(MAX_AT_A_TIME);
        dispatcher.setMaxRequestsPerHost(MAX_AT_A_TIME);
        this.client = new OkHttpClient.Builder()
                .dispatcher(dispatcher)
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, IDLE_TIME.toSeconds(), TimeUnit.SECONDS))
                .connectTimeout(CONNECT_TIMEOUT)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .followRedirects(false)
                .followSslRedirects(false)
                .retryOnConnectionFailure(false)
                .build();
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "hathora-call");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * A request under way.
     *
     * @param reply the answer, of whatever status; failed with an {@link IOException} if there is none
     * @param end gives it up; does nothing when it is over
     */
    record Exchange(CompletableFuture<ApiReply> reply, Runnable end) {}

    /**
     * Sends a request.
     *
     * @return what is under way
     */
    Exchange send(ApiCall call) {
        Call exchange = client.newCall(request(call));
        CompletableFuture<ApiReply> reply = new CompletableFuture<>();
        exchange.enqueue(new Callback() {
            @Override
            public void onFailure(Call failed, IOException e) {
                reply.completeExceptionally(e);
            }

            @Override
            public void onResponse(Call answered, Response response) {
                try (response) {
                    reply.complete(read(response));
                } catch (IOException e) {
                    reply.completeExceptionally(e);
                }
            }
        });
        return new Exchange(reply, exchange::cancel);
    }

    private Request request(ApiCall call) {
        HttpUrl.Builder url = rooms.newBuilder().addPathSegment(call.operation());
        RoomId room = call.room();
        if (call.roomInQuery()) {
            url.addQueryParameter("roomId", room.value());
        } else {
            url.addPathSegment(room.value());
        }
        Request.Builder request = new Request.Builder().url(url.build()).header("Authorization", "Bearer " + token);
        call.body().ifPresent(body -> request.post(RequestBody.create(body.getBytes(StandardCharsets.UTF_8), JSON)));
        return request.build();
    }

    private static ApiReply read(Response response) throws IOException {
        byte[] body = response.body().byteStream().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new IOException("the answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
        return new ApiReply(
                response.code(),
                Optional.ofNullable(response.header("Retry-After")),
                new String(body, StandardCharsets.UTF_8));
    }

    /** Returns what the other side has said, without the token, should it repeat that. */
    String withoutToken(String text) {
        return text.replace(token, "<redacted>");
    }

    /** Ends what is under way and closes the connections. */
    @Override
    public void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
