-- ARGV: the room, the seats.
local id = ARGV[4]
local room = read(KEYS[9])
if room and in_force(room) then
  local desk = desk_of(id, room)
  for i = 5, #ARGV do end_reservation(desk, ARGV[i]) end
  update(desk)
end
return {'CANCELLED'}
