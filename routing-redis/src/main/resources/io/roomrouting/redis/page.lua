-- ARGV: the type or nothing; where the last page ended or nothing; how many rooms are wanted; how many are looked at; how many
-- free seats they must have; the filter. Returns where the next page begins or nothing, and the rooms.
local kind, after, wanted, batch, seats = ARGV[4], ARGV[5], tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
refresh()
local index = kind == '' and PUBLIC or PUBLIC .. ':' .. kind
local ids = redis.call('ZRANGEBYLEX', index, after == '' and '-' or '(' .. after, '+', 'LIMIT', 0, batch)
local page = {''}
for i, id in ipairs(ids) do
  local room = read(room_key(id))
  if not room then
    redis.call('ZREM', index, id)
  elseif in_force(room) and fits(room, 9) then
    local desk = desk_of(id, room)
    local free = free_seats(desk)
    if seats == 0 or (not desk.locked and (free or seats) >= seats) then
      page[#page + 1] = {id, room.spec, room.metadata or room.spec, whole(desk.clients), free and whole(free) or '',
        desk.locked and '1' or '0'}
    end
  end
  if #page > wanted or i == batch then
    page[1] = id
    break
  end
end
return page
