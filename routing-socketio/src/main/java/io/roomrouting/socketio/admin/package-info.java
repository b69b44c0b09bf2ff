/**
 * For people who look after a server: the namespace that the official admin UI of Socket.IO ({@code @socket.io/admin-ui})
 * connects to. Nothing of it is there unless it is asked for. Open {@link io.roomrouting.socketio.admin.SocketAdmin} first.
 *
 * <p>What it makes grow has a bound: 16 UIs, for each of them 1,000 pieces of news that wait and 1,000 clients that are
 * listed; 100 logins that are remembered; one password that is looked at and eight that wait for it; the attempts of 1,000
 * addresses.
 */
@NullMarked
package io.roomrouting.socketio.admin;

import org.jspecify.annotations.NullMarked;
