/**
 * For applications that keep rooms in PostgreSQL or embedded H2. Open {@link io.roomrouting.jdbc.JdbcDatabase} first, then
 * {@link io.roomrouting.jdbc.JdbcRegistry}, {@link io.roomrouting.jdbc.JdbcRoomStateStore} and
 * {@link io.roomrouting.jdbc.JdbcMessageHistory}.
 */
@NullMarked
package io.roomrouting.jdbc;

import org.jspecify.annotations.NullMarked;
