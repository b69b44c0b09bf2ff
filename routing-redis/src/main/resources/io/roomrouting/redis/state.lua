-- What the scripts of a state store have in common. Each is this text and its own after it.
--
-- KEYS: one that never exists; the room's state, a hash: the newest epoch that was seen; the stage, O for opened and never saved, S for saved, C for
-- closed for good; the epoch and the version of the state; the loads since it was saved; the state.
-- ARGV: the server process, the epoch of the caller, how long all that is kept in milliseconds, then what the call is about.
local KEY, epoch, keep_for = KEYS[2], ARGV[2], ARGV[3]

-- Compares decimal numbers as texts: in Lua they would lose digits.
local function less(one, other)
  if #one ~= #other then return #one < #other end
  return one < other
end

local newest, stage, saved_under, saved_version = unpack(redis.call('HMGET', KEY, 'newest', 'stage', 'under', 'version'))

local function fenced() return newest and less(epoch, newest) end

