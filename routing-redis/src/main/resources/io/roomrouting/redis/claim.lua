-- ARGV: the room, the host life, its address, how long an unconfirmed claim holds, how long a provider's word holds or nothing.
local key, id, owner, address = KEYS[9], ARGV[4], ARGV[5], ARGV[6]
local claim_life, validity = tonumber(ARGV[7]), tonumber(ARGV[8])

local function told(how, room) return {how, room.owner, room.address, room.epoch} end

-- The owner is placed once more: what it has lasts longer, under the same epoch.
local function extends(room, held)
  if room.owner ~= owner then return false end
  if room.provided then
    if not validity then return false end
    room.claimed = math.max(room.claimed, now + validity)
    keep(key, id, room)
    return true
  end
  if held and room.claimed and room.process == process then
    room.claimed = math.max(room.claimed, now + claim_life)
    redis.call('ZADD', CLAIMS, whole(room.claimed), claim_of(id, room))
    keep(key, id, room)
  end
  return held
end

-- Takes a place of the host's, or says why there is none.
local function refusal()
  local lease = living(owner)
  if validity then
    if not lease then return redis.call('ZSCORE', PAST, owner) and 'DEAD' or nil end
    return drains(lease) and 'DRAINING' or nil
  end
  if not lease then return 'DEAD' end
  if drains(lease) then return 'DRAINING' end
  local full = lease.rooms >= lease.room_capacity
    or lease.connected + lease.expected >= lease.connection_capacity
  if full then return 'FULL' end
  lease.rooms = lease.rooms + 1
  lease.expected = lease.expected + 1
  keep_lease(owner, lease)
  return nil
end

local room = read(key)
if not room or not is_known(room) then return {settling and 'SETTLING' or 'NONE'} end
local held = in_force(room)
if extends(room, held) then return told('GRANTED', room) end
if held then return told('HELD', room) end
if settling and room.process ~= process then return {'SETTLING'} end
lapse()
take_away(id, room)
local why = refusal()
if why then return {'REFUSED', why} end
vacate(room)
room.owner, room.address, room.epoch, room.process = owner, address, next_epoch(), process
if validity then
  room.provided, room.claimed = true, now + validity
else
  room.claimed = now + claim_life
  redis.call('ZADD', CLAIMS, whole(room.claimed), claim_of(id, room))
end
keep(key, id, room)
return told('GRANTED', room)
