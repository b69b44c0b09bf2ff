package io.roomrouting.jetty;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
 * Serves the web page of the {@link AdminHandler} beside it, at {@code /}. Its files are the same everywhere and hold no
 * secret, so nobody has to show a key for them: the page asks for the key and shows it with every call. Other paths are
 * left to the next handler.
 *
 * <p>The files are read once, when the handler is made: nothing blocks. They come with a content security policy that lets
 * the page load and call nothing but this server, put in no markup and no code of others, and stand in no frame.
 */
public final class AdminPageHandler extends Handler.Abstract.NonBlocking {

    private static final String FOLDER = "admin/";
    private static final String INDEX = "index.html";

    /** By name, because the folder of a jar in a module cannot be listed everywhere. */
    static final List<String> FILES = List.of(
            INDEX,
            "admin.css",
            "api.js",
            "chart.js",
            "console.js",
            "dom.js",
            "drain.js",
            "favicon.svg",
            "hosts.js",
            "kept-key.js",
            "load.js",
            "lock.js",
            "main.js",
            "message-form.js",
            "page.js",
            "question.js",
            "repeated.js",
            "room-dialog.js",
            "room-facts.js",
            "rooms.js",
            "stop.js",
            "top.js",
            "words.js");

    private static final List<HttpField> GUARDS = List.of(
            new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new PreEncodedHttpField(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
                            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'; "
                            + "require-trusted-types-for 'script'; trusted-types 'none'"),
            new PreEncodedHttpField("X-Content-Type-Options", "nosniff"),
            new PreEncodedHttpField("X-Frame-Options", "DENY"),
            new PreEncodedHttpField("Referrer-Policy", "no-referrer"),
            new PreEncodedHttpField("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
            new PreEncodedHttpField("Cross-Origin-Opener-Policy", "same-origin"),
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin"));

    private final Map<String, WebAsset> assets;

    /** Reads the files of the page. */
    public AdminPageHandler() {
        Map<String, WebAsset> found = new HashMap<>();
        FILES.forEach(name -> found.put("/" + name, WebAsset.of(name, read(name))));
        found.put("/", Objects.requireNonNull(found.get("/" + INDEX)));
        assets = Map.copyOf(found);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        WebAsset asset = assets.get(Request.getPathInContext(request));
        if (asset == null) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (exchange.takes(Methods.GET)) {
            HttpFields.Mutable headers = response.getHeaders();
            headers.add(asset.type());
            GUARDS.forEach(headers::add);
            exchange.send(HttpStatus.OK_200, asset.plain().bytes());
        }
        return true;
    }

    private static byte[] read(String name) {
        try (InputStream in = AdminPageHandler.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The admin page's " + name + " is missing beside its classes");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the admin page's " + name, e);
        }
    }
}
