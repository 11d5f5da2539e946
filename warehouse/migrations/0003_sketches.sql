-- A few hashes of each article's sentences, to find the copies of an agency's text at other outlets.
CREATE TABLE sketches (article_id BIGINT NOT NULL, part BIGINT NOT NULL);
COMMENT ON TABLE sketches IS 'A sentence of an article''s latest revision: the eight of each article whose hashes are least';
COMMENT ON COLUMN sketches.article_id IS 'The article';
COMMENT ON COLUMN sketches.part IS 'Hash of the sentence, blind to white space and punctuation';
