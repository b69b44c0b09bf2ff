package io.roomrouting.socketio;

import java.time.Duration;

/**
 * What a server of Socket.IO allows. The first two defaults are those of the reference implementation.
 *
 * @param connectTimeout how long a client may be connected without having entered a namespace, and how long each binary
 *     attachment of a packet may be in coming; 45 s
 * @param maxAttachments how many binary attachments a packet may have, in either direction; 10, which is also what the
 *     official clients take
 * @param maxNamespaces in how many namespaces one client may be; 100
 * @param maxPendingAcks how many answers of one client in one namespace may be awaited; 1,000
 * @param stateRecovery whether clients of rooms whose connection breaks can come back to their seats, as
 *     {@link RoomNamespace} says; false
 */
public record SocketSettings(
        Duration connectTimeout, int maxAttachments, int maxNamespaces, int maxPendingAcks, boolean stateRecovery) {

    /** Checks the bounds. */
    public SocketSettings {
        if (connectTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("connectTimeout is " + connectTimeout + ", less than a millisecond");
        }
        if (maxAttachments < 0 || maxNamespaces < 1 || maxPendingAcks < 0) {
            throw new IllegalArgumentException("maxAttachments " + maxAttachments + ", maxNamespaces " + maxNamespaces
                    + " or maxPendingAcks " + maxPendingAcks + " is too small");
        }
    }

    /**
     * Returns the settings to start from.
     *
     * @return the defaults
     */
    public static SocketSettings defaults() {
        return new SocketSettings(Duration.ofSeconds(45), 10, 100, 1_000, false);
    }

    /**
     * Changes the time to enter a namespace.
     *
     * @param timeout at least a millisecond
     * @return changed settings
     */
    public SocketSettings withConnectTimeout(Duration timeout) {
        return new SocketSettings(timeout, maxAttachments, maxNamespaces, maxPendingAcks, stateRecovery);
    }

    /**
     * Changes whether clients of rooms can come back to their seats.
     *
     * @param wanted true for the official clients' connection state recovery
     * @return changed settings
     */
    public SocketSettings withStateRecovery(boolean wanted) {
        return new SocketSettings(connectTimeout, maxAttachments, maxNamespaces, maxPendingAcks, wanted);
    }
}
