-- The days of a backfill, each with what is missing of it: a backfill that was stopped goes on from here.
CREATE TABLE backfill_units (
    plan_id BIGINT NOT NULL, outlet VARCHAR NOT NULL, source VARCHAR NOT NULL, first_day DATE NOT NULL,
    last_day DATE NOT NULL, place INTEGER NOT NULL, unit VARCHAR NOT NULL, state VARCHAR NOT NULL,
    missing INTEGER NOT NULL, "left" INTEGER NOT NULL, planned_at TIMESTAMP NOT NULL, tried_at TIMESTAMP,
    run_id BIGINT,
    pages STRUCT(url VARCHAR, article_id BIGINT, title VARCHAR, published_at TIMESTAMP)[]
);
COMMENT ON TABLE backfill_units IS 'Pages of one day that a backfill fetches, reads and loads together';
COMMENT ON COLUMN backfill_units.plan_id IS 'The backfill: outlet, source and days';
COMMENT ON COLUMN backfill_units.outlet IS 'Its outlet';
COMMENT ON COLUMN backfill_units.source IS 'Where its addresses come from: sitemap, feed, wayback, list or warc';
COMMENT ON COLUMN backfill_units.first_day IS 'The first day wanted';
COMMENT ON COLUMN backfill_units.last_day IS 'The last day wanted';
COMMENT ON COLUMN backfill_units.place IS 'Its place in the order of work, the newest day first';
COMMENT ON COLUMN backfill_units.unit IS 'The day, with a number where a day has many pages; or undated';
COMMENT ON COLUMN backfill_units.state IS 'due: not tried yet; partly: tried, and some pages failed; done: nothing of it is missing';
COMMENT ON COLUMN backfill_units.missing IS 'How many of its pages the ledger lacked when it was planned';
COMMENT ON COLUMN backfill_units."left" IS 'How many it lacks still';
COMMENT ON COLUMN backfill_units.planned_at IS 'When the source was asked, UTC';
COMMENT ON COLUMN backfill_units.tried_at IS 'When it was loaded last, UTC';
COMMENT ON COLUMN backfill_units.run_id IS 'The run that loaded it last';
COMMENT ON COLUMN backfill_units.pages IS 'The pages left, as the source named them; null where it did not answer in full and is to be asked again';
