-- ARGV: the room, its spec, how many rooms there may be, whether nobody can have used its id.
local key, id, spec, most, fresh = KEYS[9], ARGV[4], ARGV[5], tonumber(ARGV[6]), ARGV[7] == '1'
local room = read(key)
if room and is_known(room) then
  if fresh then return {'TAKEN'} end
  if not in_force(room) then
    room.since = now
    keep(key, id, room)
  end
  return found(room)
end
if settling and not fresh then return {'SETTLING'} end
if not room and redis.call('ZCARD', ROOMS) >= most then return {'FULL'} end
if room then take_away(id, room) end
if room then clear_away(id, room) end
room = {spec = spec, since = now, process = process, public = is_public(spec)}
keep(key, id, room)
return found(room)
