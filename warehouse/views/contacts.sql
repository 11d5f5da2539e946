-- Who was in contact with whom, day by day: CONSULT, AGREE and REJECT that happened or are planned.
CREATE OR REPLACE VIEW contacts AS
SELECT m.party, m.other_party, coalesce(d.as_of, m.published_at::DATE) AS day,
       list_sort(list(DISTINCT m.event)) AS events, list_sort(list(DISTINCT m.status)) AS statuses,
       count(DISTINCT m.article_id) AS articles, list_sort(list(DISTINCT m.outlet)) AS outlets,
       min(m.published_at) AS first_published_at, max(m.published_at) AS last_published_at
FROM meetings m LEFT JOIN diplomacy d ON d.mention_id = m.mention_id
WHERE m.status IN ('actual', 'planned')
GROUP BY m.party, m.other_party, coalesce(d.as_of, m.published_at::DATE);

COMMENT ON VIEW contacts IS 'Two parties and a day for which a CONSULT, AGREE or REJECT between them was reported, actual or planned';
COMMENT ON COLUMN contacts.party IS 'The first of the two codes, in alphabetical order';
COMMENT ON COLUMN contacts.other_party IS 'The second of the two codes';
COMMENT ON COLUMN contacts.day IS 'The day the text dates it to, else that of publication';
COMMENT ON COLUMN contacts.events IS 'Event types reported, sorted';
COMMENT ON COLUMN contacts.statuses IS 'Whether it was actual or planned, or both, sorted';
COMMENT ON COLUMN contacts.articles IS 'How many articles report one';
COMMENT ON COLUMN contacts.outlets IS 'Outlets of those articles, sorted';
COMMENT ON COLUMN contacts.first_published_at IS 'Publication of the first of them, UTC';
COMMENT ON COLUMN contacts.last_published_at IS 'Publication of the last of them, UTC';
