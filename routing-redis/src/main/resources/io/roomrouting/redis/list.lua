lapse()
local listed = {}
local descriptions = redis.call('HGETALL', HOSTS)
for i = 1, #descriptions, 2 do
  local lease = lease_of(descriptions[i])
  if lease and lease.ends > now then
    listed[#listed + 1] = {descriptions[i], descriptions[i + 1], drains(lease) and '1' or '0',
      whole(lease.room_capacity), whole(lease.connection_capacity), whole(lease.carried), whole(lease.connected),
      whole(lease.rooms), whole(lease.expected), whole(math.max(0, now - lease.joined))}
  end
end
return listed
