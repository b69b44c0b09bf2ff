package io.roomrouting.jetty;

import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the program: first answers, then says so to the application, on a thread of its own and once only. */
final class AdminShutdown {

    private static final Logger LOG = LoggerFactory.getLogger(AdminShutdown.class);

    private final Runnable application;
    private final AtomicBoolean begun = new AtomicBoolean();

    AdminShutdown(Runnable application) {
        this.application = application;
    }

    void addTo(AdminPaths paths) {
        paths.add("shutdown", Methods.DELETE, this::answer);
    }

    private void answer(Exchange exchange) {
        Callback thenBegin = Callback.from(exchange.callback(), this::begin);
        AdminJson.accept(
                new Exchange(exchange.request(), exchange.response(), thenBegin, exchange.problems()), "Shutting down");
    }

    private void begin() {
        if (begun.compareAndSet(false, true)) {
            LOG.info("An operator stops the server");
            new Thread(this::stop, "room-routing-admin-shutdown").start();
        }
    }

    private void stop() {
        try {
            application.run();
        } catch (RuntimeException e) {
            LOG.error("The shutdown failed", e);
        }
    }
}
