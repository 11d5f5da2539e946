CREATE TABLE habits (
    outlet VARCHAR NOT NULL,
    looked_at TIMESTAMP NOT NULL,
    pause_minutes INTEGER NOT NULL,
    next_look_at TIMESTAMP NOT NULL,
    known_share DOUBLE,
    failed_looks INTEGER NOT NULL,
    trouble DOUBLE NOT NULL,
    resting_since TIMESTAMP,
    reason VARCHAR
);
COMMENT ON TABLE habits IS 'How often an outlet is looked at and how it bears it: one row an outlet, as its last look left it';
COMMENT ON COLUMN habits.outlet IS 'The outlet';
COMMENT ON COLUMN habits.looked_at IS 'When its sources were last asked, UTC';
COMMENT ON COLUMN habits.pause_minutes IS 'Pause between two looks, as it adapted to the outlet; failures do not change it';
COMMENT ON COLUMN habits.next_look_at IS 'When a scheduled run looks again, UTC';
COMMENT ON COLUMN habits.known_share IS 'Which share of the addresses named was known already; null where the look failed';
COMMENT ON COLUMN habits.failed_looks IS 'How many looks failed one after the other';
COMMENT ON COLUMN habits.trouble IS 'Weight of those failures: 1 for a hard one, 0.5 for a soft one, 0.25 for a temporary one';
COMMENT ON COLUMN habits.resting_since IS 'Since when it is looked at once a day only, because too much failed; null if it is not';
COMMENT ON COLUMN habits.reason IS 'Why the last look failed, in one word; null if it did not';
