-- ARGV: the room, the host life, the epoch, whether the room is closed for good.
local key, id, owner, epoch, closed = KEYS[9], ARGV[4], ARGV[5], ARGV[6], ARGV[7] == '1'
heard(epoch)
local room = read(key)
if not room or room.owner ~= owner or room.epoch ~= epoch then return {'OTHER'} end
if not room.provided then
  local has_place = not room.claimed or redis.call('ZREM', CLAIMS, claim_of(id, room)) == 1
  if has_place then free_place(owner, room.process) end
end
if closed then
  forget(key, id, room)
else
  vacate(room)
  room.since = now
  keep(key, id, room)
end
return {'RELEASED'}
