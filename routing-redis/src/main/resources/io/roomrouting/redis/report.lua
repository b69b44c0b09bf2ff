-- ARGV: the host life, then of each room its id, the epoch, the number, clients, limit, whether it is locked, whether it is public,
-- the metadata, how many seats have been taken, these with their users, how many have become free, these.
local owner, at = ARGV[4], 5

local function next_argument()
  at = at + 1
  return ARGV[at - 1]
end

local function arguments(count)
  local all = {}
  for i = 1, count do all[i] = next_argument() end
  return all
end

local function sit(desk, seat, user)
  end_reservation(desk, seat)
  if redis.call('HSETNX', desk.seats, 't:' .. seat, user) == 1 then
    local others = redis.call('HGET', desk.seats, 'u:' .. user) or ''
    redis.call('HSET', desk.seats, 'u:' .. user, others .. ' ' .. seat)
  end
end

local function free(desk, seat)
  end_reservation(desk, seat)
  local user = redis.call('HGET', desk.seats, 't:' .. seat)
  if not user then return end
  local left = ''
  for other in string.gmatch(redis.call('HGET', desk.seats, 'u:' .. user) or '', '%S+') do
    if other ~= seat then left = left .. ' ' .. other end
  end
  redis.call('HDEL', desk.seats, 't:' .. seat)
  if left == '' then
    redis.call('HDEL', desk.seats, 'u:' .. user)
  else
    redis.call('HSET', desk.seats, 'u:' .. user, left)
  end
end

local function work_in(key, report)
  local room = read(key)
  if not room or room.owner ~= owner or room.epoch ~= report.epoch or not in_force(room) then return end
  local desk = desk_of(report.id, room)
  if tonumber(report.number) <= desk.number then return end
  redis.call('HSET', desk.seats, 'epoch', room.epoch, 'number', report.number, 'clients', report.clients,
    'limit', report.limit, 'locked', report.locked)
  for i = 1, #report.taken, 2 do sit(desk, report.taken[i], report.taken[i + 1]) end
  for _, seat in ipairs(report.freed) do free(desk, seat) end
  local public = report.public == '1' or nil
  if room.public ~= public or room.metadata ~= report.metadata then
    room.listed = room.listed or room.public or public
    room.public, room.metadata = public, report.metadata
    keep(key, report.id, room)
  end
  update(desk)
end

for i = 9, #KEYS do
  local id, epoch, number, clients, limit, locked, public, metadata = unpack(arguments(8))
  local taken = arguments(2 * tonumber(next_argument()))
  local freed = arguments(tonumber(next_argument()))
  work_in(KEYS[i], {id = id, epoch = epoch, number = number, clients = clients, limit = limit, locked = locked,
    public = public, metadata = metadata, taken = taken, freed = freed})
end
return {'REPORTED'}
