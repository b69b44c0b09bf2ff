-- ARGV: how many rooms are looked at next, then the rooms. Returns the next that are due.
for i = 9, #KEYS do
  local key, id = KEYS[i], ARGV[i - 4]
  local room = read(key)
  if not room then
    redis.call('ZREM', ROOMS, id)
  elseif in_force(room) then
    redis.call('ZADD', ROOMS, whole(now + math.min(retention, RECHECK)), id)
  elseif is_known(room) then
    local lease = room.owner and lease_of(room.owner)
    if room.owner and not room.provided and not lease then
      -- The end of the lease will be forgotten before the room is.
      room.since = vacant_since(room)
      vacate(room)
    end
    keep(key, id, room)
  elseif settling then
    redis.call('ZADD', ROOMS, whole(settled), id)
  else
    take_away(id, room)
    forget(key, id, room)
  end
end
return redis.call('ZRANGEBYSCORE', ROOMS, '-inf', whole(now), 'LIMIT', 0, ARGV[4])
