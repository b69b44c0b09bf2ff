package io.roomrouting.socketio.admin;

import io.roomrouting.TimeSource;
import io.roomrouting.session.Delivery;
import io.roomrouting.socketio.ClientSocket;
import io.roomrouting.socketio.DisconnectReason;
import io.roomrouting.socketio.SocketListener;
import io.roomrouting.spi.InboundEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UI. It is written to only when it can be; what it misses is made good by a list of all clients, so that a slow UI
 * costs memory only up to a bound, and nobody waits for it. All state but the queue belongs to its connection's callbacks.
 */
final class AdminClient implements SocketListener {

    private static final Logger LOG = LoggerFactory.getLogger(AdminClient.class);

    static final Duration STATS_INTERVAL = Duration.ofSeconds(2);

    /** How long news are gathered, and how soon a UI is tried again that cannot be written to. */
    static final Duration GATHERING = Duration.ofMillis(100);

    static final int MOST_LISTED = 1_000;

    private final ClientSocket socket;
    private final AdminSettings settings;
    private final Directory directory;
    private final long sinceNanos;
    private final Consumer<AdminClient> onEnd;
    private final AdminCommands commands;
    private final ServerStats stats;
    private final NewsQueue news = new NewsQueue();
    private TimeSource.Cancellable nextStats = () -> {};
    private boolean gone;

    AdminClient(
            ClientSocket socket,
            AdminSettings settings,
            Directory directory,
            long sinceNanos,
            Consumer<AdminClient> onEnd) {
        this.socket = socket;
        this.settings = settings;
        this.directory = directory;
        this.sinceNanos = sinceNanos;
        this.onEnd = onEnd;
        this.commands = new AdminCommands(directory, socket.server());
        this.stats = new ServerStats(settings, socket.server().counts().engine());
    }

    /** Lets it in, and tells it the name of its login if that is new. */
    void begin(Optional<String> session) {
        socket.accept();
        session.ifPresent(id -> socket.emit("session", List.of(id)));
        socket.emit("config", List.of(Map.of("supportedFeatures", settings.features())));
        socket.emit("server_stats", List.of(statsNow()));
        if (settings.mode() == AdminMode.DEVELOPMENT) {
            news.giveUp();
            tell();
        }
        socket.flush();
        awaitStats();
    }

    /** Something has happened; on any thread. */
    void hear(News what) {
        if (news.add(what)) {
            tellLater();
        }
    }

    @Override
    public void onEvent(InboundEvent event) {
        if (settings.readOnly() || !commands.obey(event)) {
            // The official UI lets people ask for what it was not offered, for example to let a client join a room.
            LOG.debug("The admin UI wants what is not to be had");
        }
    }

    @Override
    public void onReadComplete() {}

    @Override
    public void onDisconnected(DisconnectReason reason) {
        gone = true;
        nextStats.cancel();
        onEnd.accept(this);
    }

    private void awaitStats() {
        nextStats = settings.time()
                .schedule(
                        STATS_INTERVAL,
                        () -> socket.execute(() -> {
                            if (!gone) {
                                socket.emitVolatile("server_stats", List.of(statsNow()));
                                awaitStats();
                            }
                        }));
    }

    private Map<String, Object> statsNow() {
        Duration uptime = Duration.ofNanos(settings.time().nanoTime() - sinceNanos);
        return stats.next(socket.server().counts(), uptime);
    }

    private void tellLater() {
        settings.time().schedule(GATHERING, () -> socket.execute(this::tellIfWritable));
    }

    private void tellIfWritable() {
        if (gone) {
            return;
        }
        if (socket.isWritable()) {
            tell();
            socket.flush();
        } else {
            tellLater();
        }
    }

    private void tell() {
        NewsQueue.Batch batch = news.takeAll();
        boolean taken = !batch.gap() || listClients();
        for (News one : batch.news()) {
            List<?> arguments = one.arguments().get();
            if (taken && !arguments.isEmpty()) {
                taken = socket.emit(one.name(), arguments) != Delivery.SATURATED;
            }
        }
        if (!taken && news.giveUp()) {
            tellLater();
        }
    }

    /** Tells it who is there, fewer where there is no space for all; false if there is no space at all. */
    private boolean listClients() {
        for (int most = MOST_LISTED; most > 0; most /= 2) {
            if (socket.emit("all_sockets", List.of(directory.shown(most))) != Delivery.SATURATED) {
                return true;
            }
        }
        return false;
    }
}
