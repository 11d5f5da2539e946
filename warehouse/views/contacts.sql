-- Who did what towards whom, day by day: acts of every type that happened or are planned. What an article said of
-- meetings stays when it is rewritten; of other acts its latest revision counts.
CREATE OR REPLACE VIEW contacts AS
WITH acts AS (
    SELECT d.mention_id, d.event, d.status, d.as_of, d.article_id, a.outlet,
           coalesce(d.posted_at, a.published_at, a.first_seen_at) AS published_at,
           -- Who meets, or agrees with nobody named but each other, is in contact with all; else who acts is with
           -- those it acts towards, and of two who accuse a third each with the third alone.
           CASE WHEN d.event = 'CONSULT' THEN d.actors || d.targets ELSE d.actors END AS ones,
           CASE WHEN d.event = 'CONSULT' OR (d.event IN ('AGREE', 'COOPERATE') AND len(d.targets) = 0)
                THEN d.actors || d.targets ELSE d.targets END AS others
    FROM diplomacy d JOIN articles a ON a.article_id = d.article_id
    WHERE NOT ends_with(d.rule, ', by the way')  -- it only frames another act (extractors/records.py)
), sides AS (
    SELECT * EXCLUDE (ones, others), unnest(ones) AS one, others FROM acts
), pairs AS (
    SELECT * EXCLUDE (others), unnest(others) AS other FROM sides
), told AS (
    SELECT least(one, other) AS party, greatest(one, other) AS other_party,
           event, status, as_of, article_id, outlet, published_at
    FROM pairs WHERE one <> other
    UNION ALL
    SELECT m.party, m.other_party, m.event, m.status, d.as_of, m.article_id, m.outlet, m.published_at
    FROM meetings m LEFT JOIN diplomacy d ON d.mention_id = m.mention_id
)
SELECT party, other_party, coalesce(as_of, published_at::DATE) AS day,
       list_sort(list(DISTINCT event)) AS events, list_sort(list(DISTINCT status)) AS statuses,
       count(DISTINCT article_id) AS articles, list_sort(list(DISTINCT outlet)) AS outlets,
       min(published_at) AS first_published_at, max(published_at) AS last_published_at
FROM told
WHERE status IN ('actual', 'planned')
GROUP BY party, other_party, coalesce(as_of, published_at::DATE);

COMMENT ON VIEW contacts IS 'Two parties and a day for which an act of one towards the other was reported, actual or planned';
COMMENT ON COLUMN contacts.party IS 'The first of the two codes, in alphabetical order';
COMMENT ON COLUMN contacts.other_party IS 'The second of the two codes';
COMMENT ON COLUMN contacts.day IS 'The day the text dates it to, else that of publication';
COMMENT ON COLUMN contacts.events IS 'Event types reported, sorted';
COMMENT ON COLUMN contacts.statuses IS 'Whether it was actual or planned, or both, sorted';
COMMENT ON COLUMN contacts.articles IS 'How many articles report one';
COMMENT ON COLUMN contacts.outlets IS 'Outlets of those articles, sorted';
COMMENT ON COLUMN contacts.first_published_at IS 'Publication of the first of them, UTC';
COMMENT ON COLUMN contacts.last_published_at IS 'Publication of the last of them, UTC';
