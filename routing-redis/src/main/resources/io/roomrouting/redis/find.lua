local room = read(KEYS[9])
if room and is_known(room) then return found(room) end
return {settling and 'SETTLING' or 'NONE'}
