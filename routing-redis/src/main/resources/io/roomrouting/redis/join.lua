-- ARGV: the host life, the host, how it introduces itself, its capacity in rooms and in connections, how long the lease lasts,
-- how many hosts there may be, its address, then of each room that it holds the id, the epoch and the spec.
local owner, name, description = ARGV[4], ARGV[5], ARGV[6]
local room_capacity, connection_capacity = tonumber(ARGV[7]), tonumber(ARGV[8])
local duration, most, address = tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11]
local holds = #KEYS - 8

local function held(i)
  local first = 9 + 3 * i
  return KEYS[8 + i], ARGV[first], ARGV[first + 1], ARGV[first + 2]
end

local function joined(lease)
  lease.ends = math.max(lease.ends or 0, now + duration)
  lease.room_capacity, lease.connection_capacity = room_capacity, connection_capacity
  keep_lease(owner, lease)
  redis.call('HSET', HOSTS, owner, description)
  return {'JOINED'}
end

-- What this server process is to make of a room that a host brings along.
local function fate(room, epoch)
  if not room or not is_known(room) then return 'ADOPT' end
  local known, brought = tonumber(room.epoch or 0), tonumber(epoch)
  if not room.owner and known == brought then return 'RELEASED' end
  local granted_here = room.provided or room.process == process
  local of_another = room.owner ~= owner and in_force(room) and granted_here
  if known > brought or of_another or (known == brought and room.owner ~= owner) then return 'CONFLICT' end
  return 'ADOPT'
end

local function adopted_room(room, spec, epoch)
  local adopted = room and is_known(room) and room or {spec = spec, public = is_public(spec)}
  vacate(adopted)
  adopted.owner, adopted.address, adopted.epoch, adopted.process, adopted.since = owner, address, epoch, process, now
  return adopted
end

local function adopt_all()
  local adopted = {}
  for i = 1, holds do
    local key, id, epoch, spec = held(i)
    heard(epoch)
    local room = read(key)
    local decision = fate(room, epoch)
    if decision == 'CONFLICT' then return nil end
    if decision == 'ADOPT' then
      if room then take_away(id, room) end
      adopted[#adopted + 1] = {key, id, adopted_room(room, spec, epoch)}
    end
  end
  for _, room in ipairs(adopted) do keep(unpack(room)) end
  return #adopted
end

local function has_space()
  if redis.call('HLEN', LEASES) < most then return true end
  for _, other in ipairs(redis.call('HKEYS', LEASES)) do living(other) end
  return redis.call('HLEN', LEASES) < most
end

local function succeed_former_life()
  local former = redis.call('HGET', NAMES, name)
  local lease = former and lease_of(former)
  if lease then
    lease.succeeded = true
    keep_lease(former, lease)
  end
  redis.call('HSET', NAMES, name, owner)
end

local lease = living(owner)
if redis.call('ZSCORE', PAST, owner) then return {'OVER'} end
if lease and lease.process == process then
  for i = 1, holds do
    local key, id, epoch = held(i)
    if confirm(key, id, owner, epoch) ~= 'YES' then return {'NOT_ITS_OWN'} end
  end
  return joined(lease_of(owner))
end
if lease and not settling then
  end_lease(owner, lease.ends)
  return {'OVER'}
end
if not lease and holds > 0 and not settling then return {'NOT_GRANTED'} end
if not lease and not has_space() then return {'FULL'} end
local adopted = adopt_all()
if not adopted then return {'HAS_ANOTHER_OWNER'} end
if not lease then
  succeed_former_life()
  lease = {joined = now, connected = 0, carried = 0}
end
lease.rooms, lease.expected, lease.process = adopted, 0, process
return joined(lease)
