-- Hosts that asked us to wait: the wait holds over a restart, so it is written when they ask and not with a load.
CREATE TABLE rests (host VARCHAR NOT NULL, until TIMESTAMP NOT NULL, asked_at TIMESTAMP NOT NULL);
COMMENT ON TABLE rests IS 'A host that asked for a pause (429, or 503 with Retry-After): one row a host, the latest wish';
COMMENT ON COLUMN rests.host IS 'Name of the host, with its port where that is not one of the web''s';
COMMENT ON COLUMN rests.until IS 'Not to be asked before, UTC';
COMMENT ON COLUMN rests.asked_at IS 'When it asked for the pause, UTC';
