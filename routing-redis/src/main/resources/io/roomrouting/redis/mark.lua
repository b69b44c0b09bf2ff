-- ARGV: the host life, whether it is ordered to drain.
local owner = ARGV[4]
local lease = living(owner)
if lease then
  lease.ordered = ARGV[5] == '1' or nil
  keep_lease(owner, lease)
end
return {'MARKED'}
