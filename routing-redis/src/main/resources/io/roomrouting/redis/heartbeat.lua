-- ARGV: the host life, its rooms and connections, whether it wants to drain, how long the lease lasts.
local owner, duration = ARGV[4], tonumber(ARGV[8])
local lease = living(owner)
-- A host that this server process has not met yet joins again, and tells what it holds.
if not lease or lease.process ~= process then return {'UNKNOWN'} end
lease.ends = math.max(lease.ends, now + duration)
lease.carried, lease.connected, lease.expected = tonumber(ARGV[5]), tonumber(ARGV[6]), 0
lease.wants = ARGV[7] == '1' or nil
keep_lease(owner, lease)
return {'RENEWED', (lease.ordered or lease.succeeded) and '1' or '0'}
