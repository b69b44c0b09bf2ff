if fenced() then return {'FENCED'} end
redis.call('HSET', KEY, 'newest', epoch, 'stage', 'C', 'loads', 0)
redis.call('HDEL', KEY, 'under', 'version', 'state')
redis.call('PEXPIRE', KEY, keep_for)
return {'DELETED'}
