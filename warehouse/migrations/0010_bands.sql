-- MinHash bands take the place of the least hashes of sentences. The next load makes those of the whole ledger.
DROP TABLE sketches;
CREATE TABLE bands (article_id BIGINT NOT NULL, band BIGINT NOT NULL);
COMMENT ON TABLE bands IS 'A band of the MinHash of an article''s sentences: texts that share most sentences share some bands';
COMMENT ON COLUMN bands.article_id IS 'The article, by its latest revision';
COMMENT ON COLUMN bands.band IS 'Hash of the band''s place and values';
CREATE TABLE bands_made (make BIGINT NOT NULL);
COMMENT ON TABLE bands_made IS 'How the bands of the ledger were made';
COMMENT ON COLUMN bands_made.make IS 'Hash of the algorithm''s version and settings; with another one the next load makes all again';
