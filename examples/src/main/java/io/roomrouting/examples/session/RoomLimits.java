package io.roomrouting.examples.session;

import io.roomrouting.HostCapacity;
import io.roomrouting.examples.calls.RoomCalls;
import io.roomrouting.examples.settings.ContinuitySettings;
import io.roomrouting.examples.settings.Setting;
import io.roomrouting.examples.settings.Settings;
import io.roomrouting.jetty.WebSocketSettings;
import io.roomrouting.session.RoomSettings;
import io.roomrouting.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What a session server takes at most. */
public final class RoomLimits {

    private static final SessionLimits LIMITS = SessionLimits.defaults();

    private static final Setting<Integer> MAX_ROOMS = Setting.number(
                    "MAX_ROOMS", "how many rooms the server takes", 1, 1_000_000)
            .orElse("10000");
    private static final Setting<Integer> MAX_CONNECTIONS = Setting.number(
                    "MAX_CONNECTIONS", "how many connections the server takes", 1, 1_000_000)
            .orElse("20000");
    private static final Setting<Integer> ROOM_MAX_CLIENTS = Setting.number(
                    "ROOM_MAX_CLIENTS", "how many connections a room takes", 1, 1_000_000)
            .orElse(number(RoomSettings.defaults().maxClients()));
    /** For how long an empty room stays. */
    public static final Setting<Integer> ROOM_IDLE_SECONDS = Setting.number(
                    "ROOM_IDLE_SECONDS", "how long an empty room stays open", 0, 86_400)
            .orElse(number(RoomSettings.defaults().idleTimeout().toSeconds()));

    private static final Setting<Integer> MESSAGES_PER_SECOND = Setting.number(
                    "MESSAGES_PER_SECOND",
                    "how many messages a client may send per second in the long run",
                    1,
                    1_000_000)
            .orElse(number(LIMITS.eventsPerSecond()));
    private static final Setting<Integer> MESSAGE_BURST = Setting.number(
                    "MESSAGE_BURST", "how many messages a client may send at once", 1, 1_000_000)
            .orElse(number(LIMITS.eventBurst()));
    private static final Setting<Integer> MAX_MESSAGE_BYTES = Setting.number(
                    "MAX_MESSAGE_BYTES", "the largest message that a client may send", 1 << 10, 16 << 20)
            .orElse(number(RoomCalls.MAX_MESSAGE_BYTES));
    private static final Setting<Integer> MAX_OUTBOUND_BYTES = Setting.number(
                    "MAX_OUTBOUND_BYTES", "how much may wait for a client that does not read", 1 << 20, 1 << 30)
            .orElse(number(WebSocketSettings.defaults().maxOutboundBytes()));
    private static final Setting<Integer> CONNECTIONS_PER_USER = Setting.number(
                    "CONNECTIONS_PER_USER", "how many connections a user may have", 1, 1_000_000)
            .orElse(number(LIMITS.connectionsPerUser()));
    private static final Setting<Integer> CONNECTIONS_PER_ADDRESS = Setting.number(
                    "CONNECTIONS_PER_ADDRESS", "how many connections may come from one network address", 1, 1_000_000)
            .orElse(number(LIMITS.connectionsPerAddress()));
    private static final Setting<Integer> ADMISSIONS_PER_SECOND = Setting.number(
                    "ADMISSIONS_PER_SECOND",
                    "how many clients the server lets in per second in the long run",
                    1,
                    1_000_000)
            .orElse(number(LIMITS.admissionsPerSecond()));
    private static final Setting<Integer> ADMISSION_BURST = Setting.number(
                    "ADMISSION_BURST", "how many clients the server lets in at once", 1, 1_000_000)
            .orElse(number(LIMITS.admissionBurst()));

    /** All of these but the number of rooms, in the order of the help. */
    public static final List<Setting<?>> OF_ANY_HOST = List.of(
            MAX_CONNECTIONS,
            ROOM_MAX_CLIENTS,
            ROOM_IDLE_SECONDS,
            MESSAGES_PER_SECOND,
            MESSAGE_BURST,
            MAX_MESSAGE_BYTES,
            MAX_OUTBOUND_BYTES,
            CONNECTIONS_PER_USER,
            CONNECTIONS_PER_ADDRESS,
            ADMISSIONS_PER_SECOND,
            ADMISSION_BURST);

    /** All of these, in the order of the help. */
    public static final List<Setting<?>> SETTINGS =
            Stream.concat(Stream.of(MAX_ROOMS), OF_ANY_HOST.stream()).toList();

    private RoomLimits() {}

    /**
     * Reads what the server takes.
     *
     * @param settings what the operator has set
     * @return the capacity
     */
    public static HostCapacity ofHost(Settings settings) {
        return new HostCapacity(settings.get(MAX_ROOMS), settings.get(MAX_CONNECTIONS));
    }

    /**
     * Reads what a room takes, and for how long it is kept.
     *
     * @param settings what the operator has set
     * @return the settings of rooms
     */
    public static RoomSettings ofRooms(Settings settings) {
        RoomSettings limited = RoomSettings.defaults()
                .withMaxClients(settings.get(ROOM_MAX_CLIENTS))
                .withIdleTimeout(Duration.ofSeconds(settings.get(ROOM_IDLE_SECONDS)));
        return ContinuitySettings.withGrace(limited, settings);
    }

    /**
     * Reads what a client, a user and a network address may take.
     *
     * @param settings what the operator has set
     * @return the limits
     */
    public static SessionLimits ofClients(Settings settings) {
        return LIMITS.withEvents(settings.get(MESSAGES_PER_SECOND), settings.get(MESSAGE_BURST))
                .withConnectionsPerUser(settings.get(CONNECTIONS_PER_USER))
                .withConnectionsPerAddress(settings.get(CONNECTIONS_PER_ADDRESS))
                .withAdmissions(settings.get(ADMISSIONS_PER_SECOND), settings.get(ADMISSION_BURST));
    }

    /**
     * Reads the bounds of a connection.
     *
     * @param settings what the operator has set
     * @return the settings of connections
     */
    public static WebSocketSettings ofConnections(Settings settings) {
        return WebSocketSettings.defaults()
                .withMaxMessageBytes(settings.get(MAX_MESSAGE_BYTES))
                .withMaxOutboundBytes(settings.get(MAX_OUTBOUND_BYTES));
    }

    private static String number(long value) {
        return Long.toString(value);
    }
}
