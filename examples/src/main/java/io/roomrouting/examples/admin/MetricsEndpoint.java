package io.roomrouting.examples.admin;

import io.roomrouting.examples.http.ApiExchange;
import io.roomrouting.examples.http.Endpoint;
import io.roomrouting.examples.http.EndpointsHandler;
import io.roomrouting.jetty.AdminAccess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Response;

/** {@code GET /metrics}: all meters, for whoever has a key. */
final class MetricsEndpoint {

    private final AdminAccess access;
    private final Meters meters;

    MetricsEndpoint(AdminAccess access, Meters meters) {
        this.access = access;
        this.meters = meters;
    }

    Handler handler() {
        return new EndpointsHandler(Map.of("/metrics", new Endpoint("GET", this::answer)), AdminRefusals.INSTANCE);
    }

    private void answer(ApiExchange exchange) {
        access.check(exchange.request());
        HttpFields headers = exchange.request().getHeaders();
        TextFormat format = TextFormat.among(headers.getQualityCSV(HttpHeader.ACCEPT));
        byte[] text = meters.text(format).getBytes(StandardCharsets.UTF_8);
        Response response = exchange.response();
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, format.mediaType())
                .put(HttpHeader.CACHE_CONTROL, "no-store");
        boolean bodiless = exchange.request().getMethod().equals("HEAD");
        response.write(true, bodiless ? null : ByteBuffer.wrap(text), exchange.callback());
    }
}
