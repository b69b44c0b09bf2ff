package io.roomrouting.hms;

import io.roomrouting.TimeSource;
import io.roomrouting.spi.RetryAfter;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;

/** Single exchanges with 100ms over pooled connections. Follows no redirect, since the token is for one server only. */
final class HmsHttp {

    /** A full room's list of 2,500 peers has about half of that. */
    static final int MAX_BODY = 2 << 20;

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final int IDLE_CONNECTIONS = 16;
    private static final Duration KEEP_IDLE = Duration.ofMinutes(1);

    private final HttpUrl base;
    private final HmsTokens tokens;
    private final TimeSource time;
    private final OkHttpClient client;

    HmsHttp(URI base, HmsTokens tokens, TimeSource time) {
        this.base = HttpUrl.get(base.toString());
        this.tokens = tokens;
        this.time = time;
        client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(IDLE_CONNECTIONS, KEEP_IDLE.toMillis(), TimeUnit.MILLISECONDS))
                // HmsCalls tries again, and counts.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                // The call's own time-out covers all of these.
                .connectTimeout(Duration.ZERO)
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .build();
    }

    /**
     * Sends a request once and reads the whole answer. Blocks.
     *
     * @param atMost how long all of it may take, more than zero
     * @throws HmsException.BadAnswer if the body is larger than {@link #MAX_BODY}
     */
    HmsAnswer send(HmsRequest request, Duration atMost) throws IOException {
        OkHttpClient patient = client.newBuilder().callTimeout(atMost).build();
        try (Response response = patient.newCall(http(request)).execute()) {
            return new HmsAnswer(
                    response.code(),
                    Optional.ofNullable(response.header("Retry-After"))
                            .flatMap(header -> RetryAfter.read(header, time.now())),
                    HmsJson.objectIn(bodyOf(response)));
        }
    }

    void close() {
        client.connectionPool().evictAll();
    }

    private Request http(HmsRequest request) {
        HttpUrl.Builder url = base.newBuilder().addPathSegment("v2");
        request.path().forEach(url::addPathSegment);
        Request.Builder http = new Request.Builder()
                .url(url.build())
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + tokens.managementToken());
        request.body().ifPresent(members -> http.post(RequestBody.create(HmsJson.write(members), JSON)));
        return http.build();
    }

    private static byte[] bodyOf(Response response) throws IOException {
        BufferedSource source = response.body().source();
        if (source.request(MAX_BODY + 1L)) {
            throw new HmsException.BadAnswer(response.code(), "100ms answered with more than " + MAX_BODY + " bytes");
        }
        return source.readByteArray();
    }
}
