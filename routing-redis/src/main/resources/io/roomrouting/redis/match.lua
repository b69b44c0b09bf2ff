-- ARGV: the type or nothing, how many rooms are looked at, how long the seats are held, how many users there are, as many fresh seats,
-- the users, how many rooms are ruled out, these, the filter. Returns the room and of each user the seat.
local kind, batch, hold, count = ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7])
local excepted_at = 8 + 2 * count
local filter_at = excepted_at + tonumber(ARGV[excepted_at]) + 1
local index = kind == '' and OPEN or OPEN .. ':' .. kind
local excepted = {}
for i = excepted_at + 1, filter_at - 1 do excepted[ARGV[i]] = true end

local function user(i) return ARGV[7 + count + i] end

local function candidate(id)
  local room = read(room_key(id))
  if not room or not room.public or not in_force(room) then
    redis.call('ZREM', index, id)
    return nil
  end
  if excepted[id] or not fits(room, filter_at) then return nil end
  local desk, without = desk_of(id, room), 0
  for i = 1, count do
    if not has_reservation(desk, user(i)) then without = without + 1 end
  end
  local free = free_seats(desk) or UNLIMITED
  if desk.locked or without > free then return nil end
  return {desk = desk, all_reserved = without == 0, free = free}
end

local function better(one, other)
  if not one or not other then return one or other end
  if one.all_reserved ~= other.all_reserved then return one.all_reserved and one or other end
  if one.free ~= other.free then return one.free < other.free and one or other end
  return one.desk.clients >= other.desk.clients and one or other
end

refresh()
local best = nil
for i = 1, count do
  local rooms = redis.call('ZRANGEBYSCORE', TAG .. 'user:' .. user(i), '(' .. whole(now), '+inf', 'LIMIT', 0, 10)
  for _, id in ipairs(rooms) do best = better(best, candidate(id)) end
end
if not best or not best.all_reserved then
  local lowest = (count - 1) * PER_SEAT + 1
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', index, whole(lowest), '+inf', 'LIMIT', 0, batch)) do
    local first = candidate(id)
    if first then
      best = better(best, first)
      break
    end
  end
end
if not best then return {'NONE'} end
local desk = best.desk
local room = desk.room
local answer = {'RESERVED', desk.id, room.spec, room.owner, room.address, room.epoch}
if not desk.made then return answer end
for i = 1, count do answer[#answer + 1] = reserve(desk, user(i), ARGV[7 + i], hold) end
update(desk)
return answer
