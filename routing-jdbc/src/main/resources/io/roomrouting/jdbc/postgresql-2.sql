-- How a room was made and is now, as far as lobbies are concerned. "metadata_now" is null while it is as it was made.
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS made_public BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS listed BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS metadata_now TEXT;

-- What the owner has reported. It belongs to the epoch in "seats_epoch" and counts for nothing under another; null: the room
-- has been granted, and nothing has been reported or reserved yet. A process that works with version 1 grants without that.
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS seats_epoch BIGINT;
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS report_number BIGINT DEFAULT 0 NOT NULL;
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS clients INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS reported_limit INTEGER;
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS locked BOOLEAN DEFAULT FALSE NOT NULL;

-- How many seats were free when the room changed last; it only says where to look for a match. Null: no match.
ALTER TABLE routing_room ADD COLUMN IF NOT EXISTS open_seats INTEGER;

CREATE INDEX IF NOT EXISTS routing_room_listed ON routing_room (id) WHERE listed;
CREATE INDEX IF NOT EXISTS routing_room_listed_by_type ON routing_room (type, id) WHERE listed;
CREATE INDEX IF NOT EXISTS routing_room_open ON routing_room (open_seats, clients DESC) WHERE open_seats IS NOT NULL;
CREATE INDEX IF NOT EXISTS routing_room_open_by_type ON routing_room (type, open_seats, clients DESC)
    WHERE open_seats IS NOT NULL;

-- Seats under one ownership of a room: reserved until "ends_at", or taken when that is null.
CREATE TABLE IF NOT EXISTS routing_seat (
    room    VARCHAR(100) COLLATE "C" NOT NULL REFERENCES routing_room (id) ON DELETE CASCADE,
    seat    VARCHAR(64) COLLATE "C" NOT NULL,
    epoch   BIGINT NOT NULL,
    user_id VARCHAR(64) COLLATE "C" NOT NULL,
    ends_at BIGINT,
    PRIMARY KEY (room, seat)
);
CREATE INDEX IF NOT EXISTS routing_seat_by_user ON routing_seat (user_id, room);
CREATE INDEX IF NOT EXISTS routing_seat_by_end ON routing_seat (room, ends_at);
CREATE INDEX IF NOT EXISTS routing_seat_over ON routing_seat (ends_at);

-- Since when a life of a host is known; 0 where a process that works with version 1 has entered it.
ALTER TABLE routing_host ADD COLUMN IF NOT EXISTS joined_at BIGINT DEFAULT 0 NOT NULL;

-- How many claims were granted under the present end of the lease: every report of the host moves that, so that a number
-- which belongs to another end counts for nothing.
ALTER TABLE routing_host ADD COLUMN IF NOT EXISTS expected_connections INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE routing_host ADD COLUMN IF NOT EXISTS expected_under BIGINT DEFAULT 0 NOT NULL;
