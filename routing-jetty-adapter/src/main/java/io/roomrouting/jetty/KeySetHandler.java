package io.roomrouting.jetty;

import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Publishes the public keys of the tickets at {@code GET /.well-known/jwks.json} (RFC 7517), to be kept for five minutes
 * by whoever reads them. Never blocks.
 */
public final class KeySetHandler extends Handler.Abstract.NonBlocking {

    private static final String PATH = "/.well-known/jwks.json";
    private static final HttpField TYPE = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/jwk-set+json");
    private static final HttpField CACHE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "public, max-age=300");

    private final Supplier<String> keySet;

    /**
     * Makes the handler.
     *
     * @param keySet the JSON Web Key Set as it now is, public keys only; must not block
     */
    public KeySetHandler(Supplier<String> keySet) {
        this.keySet = keySet;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!Request.getPathInContext(request).equals(PATH)) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (exchange.takes(Methods.GET)) {
            exchange.attempt(() -> {
                byte[] json = keySet.get().getBytes(StandardCharsets.UTF_8);
                response.getHeaders().add(TYPE).add(CACHE);
                exchange.send(HttpStatus.OK_200, json);
            });
        }
        return true;
    }
}
