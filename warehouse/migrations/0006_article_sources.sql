-- What each source says of an article's dates, why one should be looked at, and whose text it is.
ALTER TABLE articles ADD COLUMN modified_source VARCHAR;
ALTER TABLE articles ADD COLUMN dates STRUCT(source VARCHAR, "at" TIMESTAMP, "precision" VARCHAR, zone_minutes INTEGER)[];
ALTER TABLE articles ADD COLUMN date_doubt VARCHAR;
ALTER TABLE articles ADD COLUMN agencies VARCHAR[];
ALTER TABLE articles ADD COLUMN agency VARCHAR;
COMMENT ON COLUMN articles.modified_source IS 'Where modified_at came from: jsonld or meta';
COMMENT ON COLUMN articles.dates IS 'What each source says of the publication, believed or not, the most believed first: at in UTC; precision second, minute or day; zone_minutes from UTC as written, null if it gave no zone';
COMMENT ON COLUMN articles.date_doubt IS 'address: address and page are more than two days apart; ahead: the page names a time more than a day ahead; early: one before 1990; null: no doubt';
COMMENT ON COLUMN articles.agencies IS 'News agencies that it credits, in order';
COMMENT ON COLUMN articles.agency IS 'The agency whose text it is, where nobody else is credited';
COMMENT ON COLUMN articles.syndicated_from IS 'article_id of the same text at another outlet, first seen; null if none is known';
COMMENT ON COLUMN sightings.source_outlet IS 'Whose text it is: the outlet''s, that of the outlet it was copied from, or the agency''s';
COMMENT ON COLUMN claims.independent_sources IS 'How many sources, counting copies of one text, and all that credit one agency alone, once';
-- What the cleaning of a page cost.
ALTER TABLE fetches ADD COLUMN dropped VARCHAR[];
COMMENT ON COLUMN fetches.dropped IS 'Military numbers that the page shows and the article''s text lacks, mostly of other stories: at most 20';
