/**
 * For applications that keep their fleet in Redis: start with {@link io.roomrouting.redis.RedisDatabase}, then
 * {@link io.roomrouting.redis.RedisRegistry} and {@link io.roomrouting.redis.RedisRoomStateStore}.
 */
@NullMarked
package io.roomrouting.redis;

import org.jspecify.annotations.NullMarked;
