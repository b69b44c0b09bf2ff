package io.roomrouting.jetty;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Serves a single-page web client from a folder of the class path: {@code index.html} at {@code /} and at every
 * {@code /r/:roomId}, and every file of the folder at its own path. Other paths are left to the next handler.
 *
 * <p>All files are read once, when the handler is made, and kept in memory, compressed too: nothing blocks, and a path can
 * only name a file that was found. Browsers revalidate with an entity tag. Pages get a strict content security policy:
 * scripts and styles only from this server, connections to this server and by WebSocket, camera and microphone only for
 * this page, never inside another one's frame.
 */
public final class WebClientHandler extends Handler.Abstract.NonBlocking {

    private static final String INDEX = "index.html";
    private static final String ROOM = "/r/";

    private static final HttpField CACHE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
    private static final HttpField VARY = new PreEncodedHttpField(HttpHeader.VARY, "Accept-Encoding");
    private static final HttpField GZIP = new PreEncodedHttpField(HttpHeader.CONTENT_ENCODING, "gzip");
    private static final List<HttpField> GUARDS = List.of(
            new PreEncodedHttpField(
                    "Content-Security-Policy",
                    "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
                            + "media-src 'self' blob: mediastream:; object-src 'none'; base-uri 'none'; "
                            + "form-action 'self'; frame-ancestors 'none'"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Permissions-Policy", "camera=(self), microphone=(self), geolocation=()"),
            new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"));

    private final Map<String, WebAsset> assets;
    private final WebAsset index;

    /**
     * Reads the files of a web client.
     *
     * @param loader whose class path holds them; where they are in a named module, that module opens the folder
     * @param folder the folder, for example {@code web}; {@code index.html} must be in it
     * @throws IllegalArgumentException if there is no {@code index.html} in the folder
     */
    public WebClientHandler(ClassLoader loader, String folder) {
        String prefix = folder.endsWith("/") ? folder : folder + "/";
        Map<String, WebAsset> found = new HashMap<>();
        ClassPathFolder.read(loader, prefix, INDEX)
                .forEach((name, bytes) -> found.put("/" + name, WebAsset.of(name, bytes)));
        index = Objects.requireNonNull(found.get("/" + INDEX));
        found.put("/", index);
        assets = Map.copyOf(found);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        WebAsset asset = isRoom(path) ? index : assets.get(path);
        if (asset == null) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (exchange.takes(Methods.GET)) {
            send(exchange, asset);
        }
        return true;
    }

    private static boolean isRoom(String path) {
        return path.startsWith(ROOM) && path.indexOf('/', ROOM.length()) < 0;
    }

    private static void send(Exchange exchange, WebAsset asset) {
        HttpFields asked = exchange.request().getHeaders();
        HttpFields.Mutable headers = exchange.response().getHeaders();
        WebAsset.Body body = asset.gzip()
                .filter(compressed ->
                        asked.getQualityCSV(HttpHeader.ACCEPT_ENCODING).contains("gzip"))
                .orElse(asset.plain());
        headers.add(CACHE).add(VARY).add(HttpHeader.ETAG, body.tag());
        GUARDS.forEach(headers::add);
        if (isKnown(asked, body.tag())) {
            exchange.send(HttpStatus.NOT_MODIFIED_304, body.bytes());
            return;
        }
        headers.add(asset.type());
        if (body != asset.plain()) {
            headers.add(GZIP);
        }
        exchange.send(HttpStatus.OK_200, body.bytes());
    }

    /** Our tags hold no comma, so that a list can be taken apart at every one. */
    private static boolean isKnown(HttpFields asked, String tag) {
        return asked.getValuesList(HttpHeader.IF_NONE_MATCH).stream()
                .flatMap(list -> Arrays.stream(list.split(",")))
                .map(String::strip)
                .anyMatch(known -> known.equals(tag) || known.equals("W/" + tag) || known.equals("*"));
    }
}
