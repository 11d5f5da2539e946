-- The figures of the pages read again, beside those in force.
CREATE OR REPLACE VIEW reading_figures AS
SELECT r.article_id, r.revision, r.outlet, r.url, f.start, f."end", f.sentence, f.low, f.high, f.qualifier, f.measure,
       f.item, f.subject, list_sort(list_distinct(f."location")) AS "location", f.claimant, f.claimant_text, f.status,
       f.as_of, f.rule
FROM (
    SELECT article_id, revision, outlet, url, unnest(from_json(content -> '$.figures', '[{
        "start": "INTEGER", "end": "INTEGER", "sentence": "VARCHAR", "low": "BIGINT", "high": "BIGINT",
        "qualifier": "VARCHAR", "measure": "VARCHAR", "item": "VARCHAR", "subject": "VARCHAR",
        "location": ["VARCHAR"], "claimant": "VARCHAR", "claimant_text": "VARCHAR", "status": "VARCHAR",
        "as_of": "DATE", "rule": "VARCHAR"}]')) AS f
    FROM readings
) r
-- As the loader keeps them: of the same words one figure of a measure and an item.
QUALIFY row_number() OVER (PARTITION BY r.article_id, f.start, f."end", f.measure, f.item) = 1;

COMMENT ON VIEW reading_figures IS 'A figure of an archived page as it was read again, not in force yet';
COMMENT ON COLUMN reading_figures.article_id IS 'As in readings';
COMMENT ON COLUMN reading_figures.revision IS 'As in readings';
COMMENT ON COLUMN reading_figures.outlet IS 'As in readings';
COMMENT ON COLUMN reading_figures.url IS 'As in readings';
COMMENT ON COLUMN reading_figures.start IS 'As in figures';
COMMENT ON COLUMN reading_figures."end" IS 'As in figures';
COMMENT ON COLUMN reading_figures.sentence IS 'As in figures';
COMMENT ON COLUMN reading_figures.low IS 'As in figures';
COMMENT ON COLUMN reading_figures.high IS 'As in figures';
COMMENT ON COLUMN reading_figures.qualifier IS 'As in figures';
COMMENT ON COLUMN reading_figures.measure IS 'As in figures';
COMMENT ON COLUMN reading_figures.item IS 'As in figures';
COMMENT ON COLUMN reading_figures.subject IS 'As in figures';
COMMENT ON COLUMN reading_figures."location" IS 'As in figures';
COMMENT ON COLUMN reading_figures.claimant IS 'As in figures';
COMMENT ON COLUMN reading_figures.claimant_text IS 'As in figures';
COMMENT ON COLUMN reading_figures.status IS 'As in figures';
COMMENT ON COLUMN reading_figures.as_of IS 'As in figures';
COMMENT ON COLUMN reading_figures.rule IS 'As in figures';
