package io.roomrouting.redis;

import redis.clients.jedis.exceptions.JedisException;

/** The server answers, but this library cannot work with it. */
final class UnusableServer extends JedisException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes it.
     *
     * @param why continues the word "Redis"
     */
    UnusableServer(String why) {
        super(why);
    }
}
