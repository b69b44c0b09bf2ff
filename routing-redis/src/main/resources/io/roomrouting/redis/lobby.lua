-- Lists and seats: what further scripts of a registry have in common. Their keys have the tag of the others, so that they are on the
-- same node.
--
-- public      zset  public rooms, in the order of their ids; public:TYPE those of a type
-- open        zset  public rooms that somebody owns and has not locked, those with the fewest free seats first; open:TYPE
-- due         zset  rooms with reservations, and when the first of them ends
-- seats:ROOM  hash  under one ownership: epoch; number, clients, limit and locked as reported last; r:USER and s:SEAT, a reservation;
--                   t:SEAT, who has taken it; u:USER, the seats that a user has taken
-- ends:ROOM   zset  reserved seats, and when the reservation ends
-- user:USER   zset  rooms in which a user may have a reservation, and until when
local TAG = string.match(KEYS[1], '^{[^}]*}:')
local PUBLIC, OPEN, DUE = TAG .. 'public', TAG .. 'open', TAG .. 'due'
local LONGEST_HOLD = 3600 * 1000
-- A room's rank is its free seats, then its clients. A room without a known limit has more free seats than any with one.
local PER_SEAT, UNLIMITED = 2097152, 2147483648

local function field(text, name)
  return string.match('&' .. text .. '&', '&' .. name .. '=([^&]*)&')
end

local function is_public(spec) return field(spec, 'visibility') == 'PUBLIC' or nil end

local function room_key(id) return TAG .. 'room:' .. id end

-- Seats

local function end_reservation(desk, seat)
  local user = redis.call('HGET', desk.seats, 's:' .. seat)
  if user then
    redis.call('HDEL', desk.seats, 's:' .. seat, 'r:' .. user)
    redis.call('ZREM', desk.ends, seat)
    redis.call('ZREM', TAG .. 'user:' .. user, desk.id)
  end
end

-- The seats under the newest ownership; what came about under another is gone.
local function desk_of(id, room)
  local desk = {id = id, room = room, seats = TAG .. 'seats:' .. id, ends = TAG .. 'ends:' .. id,
    made = tonumber(field(room.spec, 'maxClients')), number = 0, clients = 0}
  local kept = redis.call('HMGET', desk.seats, 'epoch', 'number', 'clients', 'limit', 'locked')
  if kept[1] and kept[1] ~= room.epoch then
    redis.call('DEL', desk.seats, desk.ends)
  elseif kept[1] then
    desk.number, desk.clients = tonumber(kept[2]) or 0, tonumber(kept[3]) or 0
    desk.limit, desk.locked = tonumber(kept[4]), kept[5] == '1'
    for _, seat in ipairs(redis.call('ZRANGEBYSCORE', desk.ends, '-inf', whole(now))) do end_reservation(desk, seat) end
  end
  return desk
end

local function free_seats(desk)
  local limit = desk.made
  if desk.limit and (not limit or desk.limit < limit) then limit = desk.limit end
  return limit and math.max(0, limit - desk.clients - redis.call('ZCARD', desk.ends))
end

local function has_reservation(desk, user)
  return redis.call('HEXISTS', desk.seats, 'r:' .. user) == 1
end

local function reserve(desk, user, fresh, hold)
  local seat = redis.call('HGET', desk.seats, 'r:' .. user) or fresh
  local of_user = TAG .. 'user:' .. user
  redis.call('HSET', desk.seats, 'epoch', desk.room.epoch, 'r:' .. user, seat, 's:' .. seat, user)
  redis.call('ZADD', desk.ends, whole(now + hold), seat)
  redis.call('ZREMRANGEBYSCORE', of_user, '-inf', whole(now))
  redis.call('ZADD', of_user, whole(now + hold), desk.id)
  redis.call('PEXPIRE', of_user, LONGEST_HOLD)
  return seat
end

-- Lists

local function hide(id, room, index)
  redis.call('ZREM', index, id)
  redis.call('ZREM', index .. ':' .. field(room.spec, 'type'), id)
end

local function place(id, room, index, rank)
  redis.call('ZADD', index, whole(rank), id)
  redis.call('ZADD', index .. ':' .. field(room.spec, 'type'), whole(rank), id)
end

-- Puts a room where it belongs in the lists.
show = function(id, room)
  if not room.public then
    hide(id, room, PUBLIC)
    hide(id, room, OPEN)
    return
  end
  place(id, room, PUBLIC, 0)
  local desk = in_force(room) and desk_of(id, room)
  if not desk or desk.locked then
    hide(id, room, OPEN)
  else
    place(id, room, OPEN, (free_seats(desk) or UNLIMITED) * PER_SEAT - math.min(desk.clients, PER_SEAT - 1))
  end
end

-- After seats have changed.
local function update(desk)
  local first = redis.call('ZRANGE', desk.ends, 0, 0, 'WITHSCORES')
  if first[1] then redis.call('ZADD', DUE, first[2], desk.id) else redis.call('ZREM', DUE, desk.id) end
  if desk.room.public then show(desk.id, desk.room) end
end

clear_away = function(id, room)
  hide(id, room, PUBLIC)
  hide(id, room, OPEN)
  redis.call('ZREM', DUE, id)
  redis.call('DEL', TAG .. 'seats:' .. id, TAG .. 'ends:' .. id)
end

-- Gives the seats of reservations back that have ended.
local function refresh()
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', DUE, '-inf', whole(now), 'LIMIT', 0, BATCH)) do
    local room = read(room_key(id))
    if room and room.owner then update(desk_of(id, room)) else redis.call('ZREM', DUE, id) end
  end
end

-- From there on ARGV has a number, as many wishes for how a room was made, and wishes for its metadata.
local function fits(room, from)
  local made = '&' .. room.spec .. '&'
  local current = '&' .. (room.metadata or room.spec) .. '&'
  for i = from + 1, #ARGV do
    local text = i <= from + tonumber(ARGV[from]) and made or current
    if not string.find(text, '&' .. ARGV[i] .. '&', 1, true) then return false end
  end
  return true
end

