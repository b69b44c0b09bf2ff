package io.roomrouting.jetty;

import io.roomrouting.Authenticator;
import io.roomrouting.spi.ProbeReply;
import io.roomrouting.spi.ProbeRequest;
import java.util.function.Function;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * The host's end of {@link HttpHostProber}: {@code POST /control/probe} with a control token as the bearer token. Never
 * blocks the thread that calls it. Not for browsers and not for the public: a front proxy may well leave the path out.
 */
public final class HostProbeHandler extends Handler.Abstract.NonBlocking {

    /** The path. */
    static final String PATH = "/control/probe";

    private static final int MOST_PROBES = 64;

    private final Authenticator control;
    private final Function<ProbeRequest, ProbeReply> host;
    private final BlockingCalls probes = new BlockingCalls(MOST_PROBES);

    /**
     * Makes the handler.
     *
     * @param control accepts the control tokens of the backend, and no login tokens and no tickets; may block
     * @param host answers a probe; what it throws becomes the answer, so that a refusal is a
     *     {@link io.roomrouting.RoutingException.Forbidden}; may block
     */
    public HostProbeHandler(Authenticator control, Function<ProbeRequest, ProbeReply> host) {
        this.control = control;
        this.host = host;
        addBean(probes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (!Request.getPathInContext(request).equals(PATH)) {
            return false;
        }
        Exchange exchange = new Exchange(request, response, callback);
        if (exchange.takes(Methods.POST)) {
            exchange.attempt(() -> {
                String token = exchange.bearerToken();
                exchange.readJson(body -> probes.run(exchange, () -> {
                    control.authenticate(token);
                    exchange.answer(ProbeJson.encode(host.apply(ProbeJson.decodeRequest(body))));
                }));
            });
        }
        return true;
    }
}
