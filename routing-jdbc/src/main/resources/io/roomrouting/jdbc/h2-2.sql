-- Since when a life of a host is known; 0 where a process that works with version 1 has entered it.
ALTER TABLE routing_host ADD COLUMN IF NOT EXISTS joined_at BIGINT DEFAULT 0 NOT NULL;

-- How many claims were granted under the present end of the lease: every report of the host moves that, so that a number
-- which belongs to another end counts for nothing.
ALTER TABLE routing_host ADD COLUMN IF NOT EXISTS expected_connections INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE routing_host ADD COLUMN IF NOT EXISTS expected_under BIGINT DEFAULT 0 NOT NULL;
