-- The posts of live blogs: a figure belongs to its post, and is as old as that.
CREATE TABLE sections (
    article_id BIGINT NOT NULL, revision INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    posted_at TIMESTAMP NOT NULL, title VARCHAR, url VARCHAR
);
COMMENT ON TABLE sections IS 'A post of a live blog, in the latest revision of its article';
COMMENT ON COLUMN sections.article_id IS 'The article';
COMMENT ON COLUMN sections.revision IS 'The revision of the article that holds it';
COMMENT ON COLUMN sections.start IS 'Where it begins in the article''s text, in characters';
COMMENT ON COLUMN sections."end" IS 'Where it ends, exclusive';
COMMENT ON COLUMN sections.posted_at IS 'When it was posted, UTC';
COMMENT ON COLUMN sections.title IS 'Its headline, where the page declares one';
COMMENT ON COLUMN sections.url IS 'Its own address, where it has one';
ALTER TABLE figures ADD COLUMN posted_at TIMESTAMP;
COMMENT ON COLUMN figures.posted_at IS 'When the post of a live blog that it stands in was posted, UTC; null in other articles';
ALTER TABLE diplomacy ADD COLUMN posted_at TIMESTAMP;
COMMENT ON COLUMN diplomacy.posted_at IS 'As in figures';
COMMENT ON COLUMN sightings.published_at IS 'Publication of the article, or of the post of a live blog, UTC (when read, if undated or dated ahead)';
COMMENT ON COLUMN meetings.published_at IS 'Publication of the article, or of the post of a live blog, UTC (when read, if undated or dated ahead)';
