-- ARGV: how often this is done, by whoever comes first; how long it is remembered that a life of a host is over; how many rooms
-- are looked at. Returns the first that are due.
local interval, remembered, batch = tonumber(ARGV[4]), tonumber(ARGV[5]), ARGV[6]
local last = tonumber(redis.call('HGET', META, 'tidied') or 0)
if now >= last and now - last < interval then return {} end
redis.call('HSET', META, 'tidied', whole(now))
lapse()
for _, owner in ipairs(redis.call('HKEYS', LEASES)) do living(owner) end
redis.call('ZREMRANGEBYSCORE', PAST, '-inf', whole(now - remembered))
return redis.call('ZRANGEBYSCORE', ROOMS, '-inf', whole(now), 'LIMIT', 0, batch)
