-- What the scripts of a registry have in common. Each is this text and its own after it.
--
-- KEYS: the eight below, then those of the rooms that the call is about.
-- ARGV: the server process, the settle time and the retention of rooms, then what the call is about. Times are milliseconds.
--
-- nothing         never exists
-- meta    hash    the server process that was seen last, when it has settled, the newest epoch, the last housekeeping
-- leases  hash    host life -> its lease, as JSON
-- hosts   hash    host life -> how it introduced itself
-- past    zset    host lives whose lease has ended, and when
-- names   hash    host -> its latest life
-- claims  zset    claims that nobody has confirmed, and when they lapse
-- rooms   zset    rooms, and when to look whether they are still needed
local META, LEASES, HOSTS, PAST, NAMES, CLAIMS, ROOMS = unpack(KEYS, 2, 8)
local PER_MILLISECOND = 1024
local BATCH = 1000
local RECHECK = 6 * 3600 * 1000
local process, settle, retention = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- Lua would write large numbers with an exponent.
local function whole(number) return string.format('%.0f', number) end

-- Another process may not know what the last one has promised: after a restart or a fail-over the last changes, or all of them,
-- can be missing. Until it has settled, nothing is given away that a host may still hold, and hosts tell what they hold.
local meta = redis.call('HMGET', META, 'process', 'settled', 'epoch')
local settled = tonumber(meta[2]) or 0
if meta[1] ~= process then
  settled = now + settle
  redis.call('HSET', META, 'process', process, 'settled', whole(settled))
end
-- The second half is for a clock that was set back meanwhile.
local settling = now < settled and now >= settled - settle

-- Epochs

local newest_epoch = tonumber(meta[3]) or 0

local function heard(epoch)
  if tonumber(epoch) > newest_epoch then
    newest_epoch = tonumber(epoch)
    redis.call('HSET', META, 'epoch', whole(newest_epoch))
  end
end

-- Not below the clock, so that they grow even if the server has forgotten the last ones.
local function next_epoch()
  heard(whole(math.max(newest_epoch + 1, now * PER_MILLISECOND)))
  return whole(newest_epoch)
end

-- Leases

local function lease_of(owner)
  local text = redis.call('HGET', LEASES, owner)
  return text and cjson.decode(text)
end

local function keep_lease(owner, lease)
  redis.call('HSET', LEASES, owner, cjson.encode(lease))
end

local function end_lease(owner, moment)
  redis.call('HDEL', LEASES, owner)
  redis.call('HDEL', HOSTS, owner)
  redis.call('ZADD', PAST, whole(moment), owner)
  local name = string.match(owner, '^%S+')
  if redis.call('HGET', NAMES, name) == owner then redis.call('HDEL', NAMES, name) end
end

-- Makes the end of a lease final before anybody acts on it: no clock that is set back revives it.
local function living(owner)
  local lease = lease_of(owner)
  if lease and lease.ends <= now then
    end_lease(owner, lease.ends)
    return nil
  end
  return lease or nil
end

local function drains(lease)
  return lease.wants or lease.ordered or lease.succeeded or lease.process ~= process
end

local function free_place(owner, of_process)
  local lease = lease_of(owner)
  if lease and lease.process == of_process then
    lease.rooms = lease.rooms - 1
    keep_lease(owner, lease)
  end
end

-- Rooms

local function read(key)
  local text = redis.call('GET', key)
  return text and cjson.decode(text) or nil
end

-- Of the lobby, below.
local show, clear_away

local function keep(key, id, room)
  redis.call('SET', key, cjson.encode(room))
  local look = math.max(room.claimed or 0, room.since) + retention
  if room.owner and not room.claimed then look = now + math.min(retention, RECHECK) end
  redis.call('ZADD', ROOMS, whole(look), id)
  if room.public or room.listed then show(id, room) end
end

local function forget(key, id, room)
  redis.call('DEL', key)
  redis.call('ZREM', ROOMS, id)
  clear_away(id, room)
end

local function vacate(room)
  room.owner, room.address, room.claimed, room.provided = nil, nil, nil, nil
end

-- What the last server process knew is good for look-ups until this one has settled, and then only if the host has told it again.
local function in_force(room)
  if not room.owner or (room.claimed and room.claimed <= now) then return false end
  if room.provided then return true end
  local lease = lease_of(room.owner)
  return lease and lease.ends > now and (room.process == process or settling) or false
end

local function vacant_since(room)
  if not room.owner then return room.since end
  local over = room.claimed or settled
  if not room.provided then
    local lease = lease_of(room.owner)
    local lease_end = lease and lease.ends or tonumber(redis.call('ZSCORE', PAST, room.owner) or 0)
    over = math.min(room.claimed or lease_end, lease_end)
    if room.process ~= process then over = math.min(over, settled) end
  end
  return math.max(over, room.since)
end

local function is_known(room)
  return in_force(room) or now - vacant_since(room) < retention
end

local function found(room)
  if in_force(room) then return {'ROOM', room.spec, room.owner, room.address, room.epoch} end
  return {'ROOM', room.spec}
end

-- Claims that nobody has confirmed

local function claim_of(id, room)
  return room.process .. ' ' .. id .. ' ' .. room.owner
end

-- Gives back the places of claims that have lapsed.
local function lapse()
  for _, claim in ipairs(redis.call('ZRANGEBYSCORE', CLAIMS, '-inf', whole(now), 'LIMIT', 0, BATCH)) do
    local of_process, owner = string.match(claim, '^(%S+) %S+ (.*)$')
    redis.call('ZREM', CLAIMS, claim)
    free_place(owner, of_process)
  end
end

-- Ends what is left of an ownership that is over.
local function take_away(id, room)
  if room.owner and not room.provided then
    living(room.owner)
    if room.claimed and redis.call('ZREM', CLAIMS, claim_of(id, room)) == 1 then
      free_place(room.owner, room.process)
    end
  end
end

-- The host asks whether it may open the room: YES, NO or SETTLING.
local function confirm(key, id, owner, epoch)
  heard(epoch)
  local room = read(key)
  local newest = room and room.owner == owner and room.epoch == epoch
  local current = room and (room.provided or room.process == process)
  if not newest or not current then
    local undecided = not room or (not current and (newest or tonumber(room.epoch or 0) < tonumber(epoch)))
    return settling and undecided and 'SETTLING' or 'NO'
  end
  if room.provided then return room.claimed > now and 'YES' or 'NO' end
  if not living(owner) then return 'NO' end
  if not room.claimed then return 'YES' end
  lapse()
  if redis.call('ZREM', CLAIMS, claim_of(id, room)) == 0 then
    -- The claim has lapsed, and its place was given back; nobody else has got the room.
    local lease = lease_of(owner)
    if not is_known(room) or lease.rooms >= lease.room_capacity then return 'NO' end
    lease.rooms = lease.rooms + 1
    keep_lease(owner, lease)
  end
  room.claimed = nil
  keep(key, id, room)
  return 'YES'
end

