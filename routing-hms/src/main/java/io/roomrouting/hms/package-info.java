/**
 * For people whose rooms are calls that 100ms hosts. Open {@link io.roomrouting.hms.HmsTokens} to let users into a room,
 * {@link io.roomrouting.hms.HmsClient} to administer rooms, and {@link io.roomrouting.hms.OwnedRooms} for both together,
 * with rules about who may do what.
 *
 * <h2>Two kinds of token</h2>
 *
 * <p>Both are JSON Web Tokens, HS256 with the app's secret, and have {@code access_key}, {@code type}, {@code version} (2),
 * {@code iat}, {@code nbf}, {@code exp} (whole seconds since 1970-01-01T00:00Z) and {@code jti}, which is never used twice.
 *
 * <ul>
 *   <li>An <em>app token</em> ({@code type} is {@code app}) adds {@code room_id}, {@code user_id} and {@code role}. A user's
 *       client joins one room with it, under that name, in that role.
 *   <li>A <em>management token</em> ({@code type} is {@code management}) may do anything with any room. Nothing in this
 *       package hands one out: only {@link io.roomrouting.hms.HmsClient} uses them, towards 100ms.
 * </ul>
 */
@NullMarked
package io.roomrouting.hms;

import org.jspecify.annotations.NullMarked;
