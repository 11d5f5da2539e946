-- The ledger as it stood at a time: FROM claims_as_of(TIMESTAMP '2021-12-01').
CREATE OR REPLACE MACRO claims_as_of(moment) AS TABLE
SELECT c.claim_id, c.measure, c.item, c.subject, c.location, c.status, c.number, c.low, c.high, c.qualifier,
       min(s.seen_at) AS first_seen_at, max(s.seen_at) AS last_seen_at,
       min(s.published_at) AS first_published_at, max(s.published_at) AS last_published_at,
       arg_min(s.article_id, (s.published_at, s.article_id)) AS first_article_id,
       count(DISTINCT s.article_id) AS sightings, list_sort(list(DISTINCT s.outlet)) AS outlets,
       count(DISTINCT s.source_outlet) AS independent_sources,
       coalesce(list_sort(list(DISTINCT s.claimant) FILTER (s.claimant <> 'unknown')), []) AS claimants
FROM sightings s JOIN claims c ON c.claim_id = s.claim_id
WHERE s.seen_at <= moment::TIMESTAMP
GROUP BY ALL;

CREATE OR REPLACE MACRO articles_as_of(moment) AS TABLE
SELECT a.article_id, a.outlet, a.url, r.title, a.published_at, r.revision, r.seen_at AS revised_at, r.text
FROM revisions r JOIN articles a ON a.article_id = r.article_id
WHERE r.seen_at <= moment::TIMESTAMP
QUALIFY row_number() OVER (PARTITION BY r.article_id ORDER BY r.revision DESC) = 1;
