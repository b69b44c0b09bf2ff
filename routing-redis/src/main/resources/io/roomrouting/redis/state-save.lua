-- ARGV: the version, the state.
local version, state = ARGV[4], ARGV[5]
if fenced() then return {'FENCED'} end
local overtaken = stage == 'S' and saved_under == epoch and not less(saved_version, version)
if overtaken or (stage == 'C' and newest == epoch) then return {'OVERTAKEN'} end
redis.call('HSET', KEY, 'newest', epoch, 'stage', 'S', 'under', epoch, 'version', version, 'loads', 0, 'state', state)
redis.call('PEXPIRE', KEY, keep_for)
return {'SAVED'}
