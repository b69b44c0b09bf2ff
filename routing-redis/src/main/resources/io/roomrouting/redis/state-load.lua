if fenced() then return {'FENCED'} end
-- An owner's own deletion is the last that it knows of a room: a load that is executed late begins nothing anew.
if not stage or (stage == 'C' and less(newest, epoch)) then stage = 'O' end
redis.call('HSET', KEY, 'newest', epoch, 'stage', stage)
local loads = redis.call('HINCRBY', KEY, 'loads', 1)
redis.call('PEXPIRE', KEY, keep_for)
if stage ~= 'S' then return {'EMPTY'} end
return {'FOUND', saved_under, loads == 1 and '1' or '0', redis.call('HGET', KEY, 'state')}
