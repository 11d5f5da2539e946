-- Who was in contact with whom: CONSULT, AGREE and REJECT that happened or are planned.
CREATE OR REPLACE VIEW contacts AS
SELECT party, other_party, count(DISTINCT article_id) AS articles, list_sort(list(DISTINCT outlet)) AS outlets,
       min(published_at) AS first_published_at, max(published_at) AS last_published_at,
       arg_max(event, published_at) AS last_event, arg_max(status, published_at) AS last_status
FROM meetings
WHERE status IN ('actual', 'planned')
GROUP BY party, other_party;

COMMENT ON VIEW contacts IS 'Two parties between whom a CONSULT, AGREE or REJECT was reported, actual or planned';
COMMENT ON COLUMN contacts.party IS 'The first of the two codes, in alphabetical order';
COMMENT ON COLUMN contacts.other_party IS 'The second of the two codes';
COMMENT ON COLUMN contacts.articles IS 'How many articles report one';
COMMENT ON COLUMN contacts.outlets IS 'Outlets of those articles, sorted';
COMMENT ON COLUMN contacts.first_published_at IS 'Publication of the first of them, UTC';
COMMENT ON COLUMN contacts.last_published_at IS 'Publication of the last of them, UTC';
COMMENT ON COLUMN contacts.last_event IS 'What the last one reports';
COMMENT ON COLUMN contacts.last_status IS 'Whether it was actual or planned';
