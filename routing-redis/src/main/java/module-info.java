/**
 * Registry and room states in Redis.
 *
 * <p>Start with {@link io.roomrouting.redis.RedisDatabase}.
 */
// Jedis has no descriptor, but a fixed module name in its manifest.
@SuppressWarnings("requires-automatic")
module io.roomrouting.redis {
    requires transitive io.roomrouting;
    requires redis.clients.jedis;
    requires org.slf4j;
    requires static transitive org.jspecify;

    exports io.roomrouting.redis;
}
