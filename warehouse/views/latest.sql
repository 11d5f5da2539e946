-- What the last load brought: the tables that a rule of one's own asks.
CREATE OR REPLACE VIEW latest_articles AS
SELECT article_id, outlet, url, title, published_at, first_seen_at, revision, syndicated_from
FROM articles
WHERE revised_run = (SELECT arg_max(run_id, loaded_at) FROM runs);

COMMENT ON VIEW latest_articles IS 'An article that the last load brought, new or revised';
COMMENT ON COLUMN latest_articles.article_id IS 'As in articles';
COMMENT ON COLUMN latest_articles.outlet IS 'As in articles';
COMMENT ON COLUMN latest_articles.url IS 'As in articles';
COMMENT ON COLUMN latest_articles.title IS 'As in articles';
COMMENT ON COLUMN latest_articles.published_at IS 'As in articles';
COMMENT ON COLUMN latest_articles.first_seen_at IS 'As in articles';
COMMENT ON COLUMN latest_articles.revision IS 'As in articles: 1 for a new one';
COMMENT ON COLUMN latest_articles.syndicated_from IS 'As in articles';

CREATE OR REPLACE VIEW latest_figures AS
SELECT f.figure_id, f.article_id, a.outlet, a.url, a.title, a.published_at,
       figure_words(f.low, f.high, f.qualifier, f.measure, f.item, f.subject, f.location, f.status) AS words,
       claimant_words(f.claimant, f.claimant_text, a.outlet) AS says,
       f.low, f.high, f.qualifier, f.measure, f.item, f.subject, f.location, f.claimant, f.claimant_text, f.status,
       f.sentence, f.claim_id, c.first_article_id = f.article_id AS first
FROM figures f JOIN latest_articles a ON a.article_id = f.article_id JOIN claims c ON c.claim_id = f.claim_id;

COMMENT ON VIEW latest_figures IS 'A figure that the last load brought';
COMMENT ON COLUMN latest_figures.figure_id IS 'As in figures';
COMMENT ON COLUMN latest_figures.article_id IS 'As in figures';
COMMENT ON COLUMN latest_figures.outlet IS 'As in articles';
COMMENT ON COLUMN latest_figures.url IS 'As in articles';
COMMENT ON COLUMN latest_figures.title IS 'As in articles';
COMMENT ON COLUMN latest_figures.published_at IS 'As in articles';
COMMENT ON COLUMN latest_figures.words IS 'The figure in words, as an alert has it';
COMMENT ON COLUMN latest_figures.says IS 'Who says so, as an alert has it';
COMMENT ON COLUMN latest_figures.low IS 'As in figures';
COMMENT ON COLUMN latest_figures.high IS 'As in figures';
COMMENT ON COLUMN latest_figures.qualifier IS 'As in figures';
COMMENT ON COLUMN latest_figures.measure IS 'As in figures';
COMMENT ON COLUMN latest_figures.item IS 'As in figures';
COMMENT ON COLUMN latest_figures.subject IS 'As in figures';
COMMENT ON COLUMN latest_figures.location IS 'As in figures';
COMMENT ON COLUMN latest_figures.claimant IS 'As in figures';
COMMENT ON COLUMN latest_figures.claimant_text IS 'As in figures';
COMMENT ON COLUMN latest_figures.status IS 'As in figures';
COMMENT ON COLUMN latest_figures.sentence IS 'As in figures';
COMMENT ON COLUMN latest_figures.claim_id IS 'As in figures';
COMMENT ON COLUMN latest_figures.first IS 'True where no other article had the claim before this one';

CREATE OR REPLACE VIEW latest_mentions AS
SELECT d.mention_id, d.article_id, a.outlet, a.url, a.title, a.published_at, d.event, d.actors, d.targets, d.status,
       d.sentence
FROM diplomacy d JOIN latest_articles a ON a.article_id = d.article_id;

COMMENT ON VIEW latest_mentions IS 'A diplomacy mention that the last load brought';
COMMENT ON COLUMN latest_mentions.mention_id IS 'As in diplomacy';
COMMENT ON COLUMN latest_mentions.article_id IS 'As in diplomacy';
COMMENT ON COLUMN latest_mentions.outlet IS 'As in articles';
COMMENT ON COLUMN latest_mentions.url IS 'As in articles';
COMMENT ON COLUMN latest_mentions.title IS 'As in articles';
COMMENT ON COLUMN latest_mentions.published_at IS 'As in articles';
COMMENT ON COLUMN latest_mentions.event IS 'As in diplomacy';
COMMENT ON COLUMN latest_mentions.actors IS 'As in diplomacy';
COMMENT ON COLUMN latest_mentions.targets IS 'As in diplomacy';
COMMENT ON COLUMN latest_mentions.status IS 'As in diplomacy';
COMMENT ON COLUMN latest_mentions.sentence IS 'As in diplomacy';
