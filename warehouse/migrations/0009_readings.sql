-- What better extractors found on archived pages, beside what is in force, until `muster reextract` has read all it was
-- asked for and switches to it in one transaction; and what each switch changed.
CREATE TABLE readings (
    article_id BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    outlet VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    recipe BIGINT NOT NULL,
    read_at TIMESTAMP NOT NULL,
    reason VARCHAR,
    detail VARCHAR,
    failed BOOLEAN NOT NULL,
    content JSON
);
COMMENT ON TABLE readings IS 'An archived page as it was read again, not in force yet';
COMMENT ON COLUMN readings.article_id IS 'The article';
COMMENT ON COLUMN readings.revision IS 'Its revision that the page is; a reading of an older one is dropped';
COMMENT ON COLUMN readings.outlet IS 'Its outlet';
COMMENT ON COLUMN readings.url IS 'Its address';
COMMENT ON COLUMN readings.recipe IS 'Hash of the extractors and of the outlet''s rules it was read with: other ones read it again';
COMMENT ON COLUMN readings.read_at IS 'When it was read again, UTC';
COMMENT ON COLUMN readings.reason IS 'Why the article stays as it is, in one word; null where it was read';
COMMENT ON COLUMN readings.detail IS 'The same in a sentence';
COMMENT ON COLUMN readings.failed IS 'Whether it could not be read: the next call tries again';
COMMENT ON COLUMN readings.content IS 'The article with its figures and mentions; reading_figures has the figures as rows';
CREATE TABLE figure_changes (
    run_id BIGINT NOT NULL,
    outlet VARCHAR NOT NULL,
    article_id BIGINT NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    sentence VARCHAR NOT NULL,
    "before" STRUCT(low BIGINT, high BIGINT, qualifier VARCHAR, measure VARCHAR, item VARCHAR, subject VARCHAR,
                    "location" VARCHAR[], claimant VARCHAR, claimant_text VARCHAR, status VARCHAR),
    "after" STRUCT(low BIGINT, high BIGINT, qualifier VARCHAR, measure VARCHAR, item VARCHAR, subject VARCHAR,
                   "location" VARCHAR[], claimant VARCHAR, claimant_text VARCHAR, status VARCHAR)
);
COMMENT ON TABLE figure_changes IS 'A figure that a re-extraction gained, lost or changed';
COMMENT ON COLUMN figure_changes.run_id IS 'The run that switched to it';
COMMENT ON COLUMN figure_changes.outlet IS 'Outlet of the article';
COMMENT ON COLUMN figure_changes.article_id IS 'The article';
COMMENT ON COLUMN figure_changes.url IS 'Its address';
COMMENT ON COLUMN figure_changes.kind IS 'gained, lost or changed';
COMMENT ON COLUMN figure_changes.sentence IS 'The sentence it stands in';
COMMENT ON COLUMN figure_changes."before" IS 'What the figure said before; null for one gained';
COMMENT ON COLUMN figure_changes."after" IS 'What it says now; null for one lost';
