-- ARGV: the room, the host life, the epoch.
return {confirm(KEYS[9], ARGV[4], ARGV[5], ARGV[6])}
