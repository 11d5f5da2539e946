-- How the number given for one thing went over time, one line a claimant.
CREATE OR REPLACE VIEW series AS
SELECT c.topic_id, c.measure, c.item, c.subject, c.location, c.status, s.claimant, s.published_at,
       number_words(c.low, c.high, c.qualifier) AS words, c.number, c.low, c.high, c.qualifier, s.outlet, s.article_id,
       c.claim_id
FROM sightings s JOIN claims c ON c.claim_id = s.claim_id
QUALIFY row_number() OVER (PARTITION BY s.claim_id, s.claimant ORDER BY s.published_at, s.article_id) = 1;

COMMENT ON VIEW series IS 'A number that a claimant gave for one thing, when first: order by published_at for its course';
COMMENT ON COLUMN series.topic_id IS 'Same for one measure, item, subject, place and status';
COMMENT ON COLUMN series.measure IS 'As in figures';
COMMENT ON COLUMN series.item IS 'As in figures';
COMMENT ON COLUMN series.subject IS 'As in figures';
COMMENT ON COLUMN series.location IS 'As in figures, sorted';
COMMENT ON COLUMN series.status IS 'As in figures';
COMMENT ON COLUMN series.claimant IS 'Code of who gave it; null in the outlet''s own voice';
COMMENT ON COLUMN series.published_at IS 'Publication of the first article with it, UTC';
COMMENT ON COLUMN series.words IS 'The number in words';
COMMENT ON COLUMN series.number IS 'The number named; null for a range or an order of magnitude';
COMMENT ON COLUMN series.low IS 'Least number meant';
COMMENT ON COLUMN series.high IS 'Greatest number meant';
COMMENT ON COLUMN series.qualifier IS 'As in figures';
COMMENT ON COLUMN series.outlet IS 'Outlet of that article';
COMMENT ON COLUMN series.article_id IS 'That article';
COMMENT ON COLUMN series.claim_id IS 'The claim';
