-- ARGV: the room, how long the seats are held, as many fresh seats as there are users, the users. Returns the room and of each user
-- the seat and whether he has taken it already.
local id, hold, count = ARGV[4], tonumber(ARGV[5]), (#ARGV - 5) / 2
local room = read(KEYS[9])
if not room or not is_known(room) then return {settling and 'SETTLING' or 'NONE'} end
if not in_force(room) then return {'VACANT', room.spec} end
local desk = desk_of(id, room)
local answer = {'RESERVED', room.spec, room.owner, room.address, room.epoch}
if not desk.made then return answer end

local function taken_by(user)
  return string.match(redis.call('HGET', desk.seats, 'u:' .. user) or '', '(%S+)$')
end

local free = free_seats(desk)
local back, returning = {}, {}
for i = 1, count do
  local user = ARGV[5 + count + i]
  if desk.locked then
    if not taken_by(user) then return {'LOCKED'} end
    back[user] = true
  elseif not has_reservation(desk, user) then
    if taken_by(user) then returning[#returning + 1] = user else free = free - 1 end
  end
end
if not desk.locked then
  if free < 0 then return {'FULL'} end
  for i = free + 1, #returning do back[returning[i]] = true end
end
for i = 1, count do
  local user = ARGV[5 + count + i]
  answer[#answer + 1] = back[user] and taken_by(user) or reserve(desk, user, ARGV[5 + i], hold)
  answer[#answer + 1] = back[user] and '1' or '0'
end
if not desk.locked then update(desk) end
return answer
