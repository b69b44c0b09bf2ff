-- ARGV: the host life.
if living(ARGV[4]) then end_lease(ARGV[4], now) end
return {'LEFT'}
