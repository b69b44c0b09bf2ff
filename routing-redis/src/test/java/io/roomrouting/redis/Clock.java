package io.roomrouting.redis;

import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;

/**
 * Lets time pass for all that is kept on a server: as only differences to the present count, the past is moved away instead.
 */
final class Clock {

    private static final String SCRIPT = """
            local by = tonumber(ARGV[1])
            local function whole(number) return string.format('%.0f', number) end
            local function shift_json(text, fields)
              local value = cjson.decode(text)
              for _, field in ipairs(fields) do
                if value[field] then value[field] = value[field] - by end
              end
              return cjson.encode(value)
            end
            for _, key in ipairs(redis.call('KEYS', '*')) do
              local kind = redis.call('TYPE', key).ok
              local name = string.match(key, '}:(%a+)')
              if kind == 'zset' and name ~= 'public' and name ~= 'open' then
                local entries = redis.call('ZRANGE', key, 0, -1, 'WITHSCORES')
                for i = 1, #entries, 2 do redis.call('ZADD', key, whole(entries[i + 1] - by), entries[i]) end
              elseif name == 'room' then
                redis.call('SET', key, shift_json(redis.call('GET', key), {'since', 'claimed'}))
              elseif name == 'leases' then
                local entries = redis.call('HGETALL', key)
                for i = 1, #entries, 2 do
                  redis.call('HSET', key, entries[i], shift_json(entries[i + 1], {'ends', 'joined'}))
                end
              elseif name == 'meta' then
                for _, field in ipairs({'settled', 'tidied'}) do
                  local moment = redis.call('HGET', key, field)
                  if moment then redis.call('HSET', key, field, whole(moment - by)) end
                end
              end
              local left = redis.call('PTTL', key)
              if left > 0 then redis.call('PEXPIRE', key, whole(left - by)) end
            end
            return 0
            """;

    private Clock() {}

    static void letPass(RedisServer server, Duration duration) {
        try (Jedis jedis = server.admin()) {
            jedis.eval(SCRIPT, List.of(), List.of(Long.toString(duration.toMillis())));
        }
    }
}
