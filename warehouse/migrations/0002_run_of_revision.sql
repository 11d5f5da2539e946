-- Which run brought an article's latest revision: what the last load brought is then a question anyone can ask.
ALTER TABLE articles ADD COLUMN revised_run BIGINT;
COMMENT ON COLUMN articles.revised_run IS 'The run that brought the latest revision; null before this was kept';
