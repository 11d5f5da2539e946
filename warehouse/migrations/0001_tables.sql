-- The ledger. Keys are 63-bit hashes (extractors.records.key64): NOT NULL, without an index, because a key index
-- makes ten million rows several times slower to load. That each key stands once is the loader's care.
-- Every time is UTC and stored without a zone, so that it reads the same on every machine.

CREATE TABLE articles (
    article_id BIGINT NOT NULL,
    outlet VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    title VARCHAR,
    authors VARCHAR[],
    language VARCHAR,
    published_at TIMESTAMP,
    published_source VARCHAR,
    published_day_only BOOLEAN NOT NULL,
    modified_at TIMESTAMP,
    first_seen_at TIMESTAMP NOT NULL,
    revised_at TIMESTAMP NOT NULL,
    last_checked_at TIMESTAMP NOT NULL,
    revision INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    text_hash BIGINT NOT NULL,
    syndicated_from BIGINT,
    status VARCHAR NOT NULL
);
COMMENT ON TABLE articles IS 'An article, at its latest revision';
COMMENT ON COLUMN articles.article_id IS 'Key: from the outlet and the identity of the article in its address';
COMMENT ON COLUMN articles.outlet IS 'Name of the outlet''s table in outlets.toml';
COMMENT ON COLUMN articles.url IS 'Canonical address';
COMMENT ON COLUMN articles.title IS 'Headline, null if the page has none';
COMMENT ON COLUMN articles.authors IS 'Who signed it, in order';
COMMENT ON COLUMN articles.language IS 'ISO 639-1 code, detected on the text';
COMMENT ON COLUMN articles.published_at IS 'When it was published, UTC; null if unknown, never the time of the request';
COMMENT ON COLUMN articles.published_source IS 'Where that time came from: jsonld, meta, url, feed, text; null if unknown';
COMMENT ON COLUMN articles.published_day_only IS 'True where the source gave a day and no time of day';
COMMENT ON COLUMN articles.modified_at IS 'When the outlet says it last changed it, UTC';
COMMENT ON COLUMN articles.first_seen_at IS 'When Muster first read it, UTC';
COMMENT ON COLUMN articles.revised_at IS 'When Muster first read the latest revision, UTC';
COMMENT ON COLUMN articles.last_checked_at IS 'When Muster last looked at its page, UTC';
COMMENT ON COLUMN articles.revision IS 'Number of the latest revision, from 1';
COMMENT ON COLUMN articles.text IS 'Cleaned text of the latest revision';
COMMENT ON COLUMN articles.text_hash IS 'Hash of the text, blind to white space and punctuation';
COMMENT ON COLUMN articles.syndicated_from IS 'article_id of the same text at another outlet, first published; null if it is its own';
COMMENT ON COLUMN articles.status IS 'live, or gone: its address has since answered 404 or 410';

CREATE TABLE revisions (
    article_id BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    title VARCHAR,
    text VARCHAR NOT NULL,
    text_hash BIGINT NOT NULL,
    warc_file VARCHAR,
    warc_offset BIGINT,
    extractor_version VARCHAR NOT NULL
);
COMMENT ON TABLE revisions IS 'A distinct text seen at an article''s address';
COMMENT ON COLUMN revisions.article_id IS 'The article';
COMMENT ON COLUMN revisions.revision IS 'Its number, from 1';
COMMENT ON COLUMN revisions.seen_at IS 'When it was first read, UTC';
COMMENT ON COLUMN revisions.title IS 'Headline of this revision';
COMMENT ON COLUMN revisions.text IS 'Cleaned text of this revision';
COMMENT ON COLUMN revisions.text_hash IS 'Hash of the text, blind to white space and punctuation';
COMMENT ON COLUMN revisions.warc_file IS 'Archive file that holds the page, relative to MUSTER_HOME';
COMMENT ON COLUMN revisions.warc_offset IS 'Byte offset of the page''s record in that file';
COMMENT ON COLUMN revisions.extractor_version IS 'Version of the extractors that read it';

CREATE TABLE figures (
    figure_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentence VARCHAR NOT NULL,
    low BIGINT,
    high BIGINT,
    qualifier VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    subject VARCHAR,
    location VARCHAR[] NOT NULL,
    claimant VARCHAR,
    claimant_text VARCHAR,
    status VARCHAR NOT NULL,
    as_of DATE,
    claim_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL
);
COMMENT ON TABLE figures IS 'A figure in an article''s latest revision: how many, of what, whose, where, by whose word';
COMMENT ON COLUMN figures.figure_id IS 'Key';
COMMENT ON COLUMN figures.article_id IS 'The article that carries it';
COMMENT ON COLUMN figures.revision IS 'The revision of the article that carries it';
COMMENT ON COLUMN figures.start IS 'Where its words begin in the article''s text, in characters';
COMMENT ON COLUMN figures."end" IS 'Where its words end, exclusive';
COMMENT ON COLUMN figures.sentence IS 'The sentence that states it';
COMMENT ON COLUMN figures.low IS 'Least number meant, inclusive; null for "up to n"';
COMMENT ON COLUMN figures.high IS 'Greatest number meant, inclusive; null for "more than n"';
COMMENT ON COLUMN figures.qualifier IS 'exact, about, more_than, less_than, nearly, range or order ("tens of thousands")';
COMMENT ON COLUMN figures.measure IS 'What is counted: strength, deployment, withdrawal, mobilisation, killed, wounded, casualties, captured, missing, deserted, displaced, destroyed, supply or attack';
COMMENT ON COLUMN figures.item IS 'Of what: troops, civilians, formation, tank, drone, ...';
COMMENT ON COLUMN figures.subject IS 'Code of whose forces or losses it counts; null where the text does not say';
COMMENT ON COLUMN figures.location IS 'ISO 3166 alpha-3 codes of where it is said to be; empty if unsaid';
COMMENT ON COLUMN figures.claimant IS 'Code of who states the number; null in the outlet''s own voice, unknown if no side is named';
COMMENT ON COLUMN figures.claimant_text IS 'The words that name who states it';
COMMENT ON COLUMN figures.status IS 'actual, historical, planned, hypothetical or denied';
COMMENT ON COLUMN figures.as_of IS 'The day the figure speaks of, where the text says';
COMMENT ON COLUMN figures.claim_id IS 'The claim it is a sighting of';
COMMENT ON COLUMN figures.rule IS 'The extractor''s rule that found it';

CREATE TABLE diplomacy (
    mention_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    revision INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    sentence VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    actors VARCHAR[] NOT NULL,
    targets VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    as_of DATE,
    rule VARCHAR NOT NULL
);
COMMENT ON TABLE diplomacy IS 'A diplomacy mention in an article''s latest revision: who did, plans or refuses what towards whom';
COMMENT ON COLUMN diplomacy.mention_id IS 'Key';
COMMENT ON COLUMN diplomacy.article_id IS 'The article that carries it';
COMMENT ON COLUMN diplomacy.revision IS 'The revision of the article that carries it';
COMMENT ON COLUMN diplomacy.start IS 'Where the predicate begins in the article''s text, in characters';
COMMENT ON COLUMN diplomacy."end" IS 'Where the predicate ends, exclusive';
COMMENT ON COLUMN diplomacy.sentence IS 'The sentence that states it';
COMMENT ON COLUMN diplomacy.event IS 'PLOVER type: CONSULT, REQUEST, AGREE, REJECT, ACCUSE, THREATEN, SUPPORT, COOPERATE, AID, CONCEDE or SANCTION';
COMMENT ON COLUMN diplomacy.actors IS 'Codes of who does it; for CONSULT all who take part';
COMMENT ON COLUMN diplomacy.targets IS 'Codes of towards whom; empty if unsaid';
COMMENT ON COLUMN diplomacy.status IS 'actual, historical, planned, hypothetical or denied';
COMMENT ON COLUMN diplomacy.as_of IS 'The day it happens or happened, where the text says';
COMMENT ON COLUMN diplomacy.rule IS 'The extractor''s rule that found it';

CREATE TABLE claims (
    claim_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    measure VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    subject VARCHAR,
    location VARCHAR[] NOT NULL,
    status VARCHAR NOT NULL,
    number BIGINT,
    low BIGINT,
    high BIGINT,
    qualifier VARCHAR NOT NULL,
    first_seen_at TIMESTAMP NOT NULL,
    last_seen_at TIMESTAMP NOT NULL,
    first_published_at TIMESTAMP NOT NULL,
    last_published_at TIMESTAMP NOT NULL,
    reported_at TIMESTAMP,
    first_article_id BIGINT NOT NULL,
    sightings INTEGER NOT NULL,
    outlets VARCHAR[] NOT NULL,
    independent_sources INTEGER NOT NULL,
    claimants VARCHAR[] NOT NULL
);
COMMENT ON TABLE claims IS 'A distinct figure, freed of its wording, however many articles carry it';
COMMENT ON COLUMN claims.claim_id IS 'Key';
COMMENT ON COLUMN claims.topic_id IS 'Same for all claims of one measure, item, subject, place and status';
COMMENT ON COLUMN claims.measure IS 'As in figures';
COMMENT ON COLUMN claims.item IS 'As in figures';
COMMENT ON COLUMN claims.subject IS 'As in figures';
COMMENT ON COLUMN claims.location IS 'As in figures, sorted';
COMMENT ON COLUMN claims.status IS 'As in figures';
COMMENT ON COLUMN claims.number IS 'The number first named (n of "about n", "more than n", "up to n"); null for a range or an order of magnitude';
COMMENT ON COLUMN claims.low IS 'Least number of its first figure';
COMMENT ON COLUMN claims.high IS 'Greatest number of its first figure';
COMMENT ON COLUMN claims.qualifier IS 'Qualifier of its first figure';
COMMENT ON COLUMN claims.first_seen_at IS 'When Muster first read it, UTC';
COMMENT ON COLUMN claims.last_seen_at IS 'When Muster last read it in an article new to it, UTC';
COMMENT ON COLUMN claims.first_published_at IS 'Publication of the earliest article that carries it, UTC (when read, if undated)';
COMMENT ON COLUMN claims.last_published_at IS 'Publication of the latest article that carries it, UTC (when read, if undated)';
COMMENT ON COLUMN claims.reported_at IS 'When Muster first read it in a report that may alert; null while there was none';
COMMENT ON COLUMN claims.first_article_id IS 'The article that was published first with it';
COMMENT ON COLUMN claims.sightings IS 'How many articles carry or carried it';
COMMENT ON COLUMN claims.outlets IS 'The outlets that carry or carried it, sorted';
COMMENT ON COLUMN claims.independent_sources IS 'How many outlets, counting copies of one agency text once';
COMMENT ON COLUMN claims.claimants IS 'Codes of who claimed it, sorted; unnamed ones are left out';

CREATE TABLE sightings (
    sighting_id BIGINT NOT NULL,
    claim_id BIGINT NOT NULL,
    topic_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    outlet VARCHAR NOT NULL,
    source_outlet VARCHAR NOT NULL,
    claimant VARCHAR,
    claimant_text VARCHAR,
    published_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    valid BOOLEAN NOT NULL
);
COMMENT ON TABLE sightings IS 'A claim in an article by one claimant; it stays when the article is rewritten';
COMMENT ON COLUMN sightings.sighting_id IS 'Key';
COMMENT ON COLUMN sightings.claim_id IS 'The claim';
COMMENT ON COLUMN sightings.topic_id IS 'The claim''s topic';
COMMENT ON COLUMN sightings.article_id IS 'The article';
COMMENT ON COLUMN sightings.outlet IS 'The article''s outlet';
COMMENT ON COLUMN sightings.source_outlet IS 'The outlet whose text it is: another one for a syndicated copy';
COMMENT ON COLUMN sightings.claimant IS 'Code of who states it, null in the outlet''s own voice';
COMMENT ON COLUMN sightings.claimant_text IS 'The words that name who states it';
COMMENT ON COLUMN sightings.published_at IS 'Publication of the article, UTC (when read, if undated or dated ahead)';
COMMENT ON COLUMN sightings.seen_at IS 'When Muster first read it there, UTC';
COMMENT ON COLUMN sightings.valid IS 'True where it may alert: actual or planned, dated, no syndicated copy';

CREATE TABLE meetings (
    meeting_id BIGINT NOT NULL,
    pair_id BIGINT NOT NULL,
    party VARCHAR NOT NULL,
    other_party VARCHAR NOT NULL,
    event VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    mention_id BIGINT NOT NULL,
    article_id BIGINT NOT NULL,
    outlet VARCHAR NOT NULL,
    published_at TIMESTAMP NOT NULL,
    seen_at TIMESTAMP NOT NULL,
    valid BOOLEAN NOT NULL
);
COMMENT ON TABLE meetings IS 'A CONSULT, AGREE or REJECT between two parties in an article; it stays when the article is rewritten';
COMMENT ON COLUMN meetings.meeting_id IS 'Key';
COMMENT ON COLUMN meetings.pair_id IS 'Same for all rows of the same two parties';
COMMENT ON COLUMN meetings.party IS 'The first of the two codes, in alphabetical order';
COMMENT ON COLUMN meetings.other_party IS 'The second of the two codes';
COMMENT ON COLUMN meetings.event IS 'CONSULT, AGREE or REJECT';
COMMENT ON COLUMN meetings.status IS 'As in diplomacy';
COMMENT ON COLUMN meetings.mention_id IS 'The mention as it was first read';
COMMENT ON COLUMN meetings.article_id IS 'The article';
COMMENT ON COLUMN meetings.outlet IS 'The article''s outlet';
COMMENT ON COLUMN meetings.published_at IS 'Publication of the article, UTC (when read, if undated or dated ahead)';
COMMENT ON COLUMN meetings.seen_at IS 'When Muster first read it there, UTC';
COMMENT ON COLUMN meetings.valid IS 'True where it may alert: actual or planned, dated, no syndicated copy';

CREATE TABLE alerts (
    alert_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL,
    raised_at TIMESTAMP NOT NULL,
    claim_id BIGINT,
    mention_id BIGINT,
    outlet VARCHAR,
    title VARCHAR NOT NULL,
    body VARCHAR NOT NULL,
    url VARCHAR,
    also VARCHAR[] NOT NULL
);
COMMENT ON TABLE alerts IS 'An alert raised';
COMMENT ON COLUMN alerts.alert_id IS 'Key: from the rule and what it alerts on, so that the same alert is never raised again';
COMMENT ON COLUMN alerts.rule IS 'The rule that raised it';
COMMENT ON COLUMN alerts.raised_at IS 'When it was raised, UTC';
COMMENT ON COLUMN alerts.claim_id IS 'The claim it is about, if it is about one';
COMMENT ON COLUMN alerts.mention_id IS 'The diplomacy mention it is about, if it is about one';
COMMENT ON COLUMN alerts.outlet IS 'The outlet that brought it';
COMMENT ON COLUMN alerts.title IS 'One line: who claims what';
COMMENT ON COLUMN alerts.body IS 'The sentence, how it differs from what was known, who else reported it';
COMMENT ON COLUMN alerts.url IS 'The article';
COMMENT ON COLUMN alerts.also IS 'The other rules that fitted the same news';

CREATE TABLE alert_keys (
    key_id BIGINT NOT NULL,
    alert_id BIGINT NOT NULL,
    rule VARCHAR NOT NULL,
    key VARCHAR NOT NULL
);
COMMENT ON TABLE alert_keys IS 'Everything an alert stands for: its own key and those of the rules it names beside its own';
COMMENT ON COLUMN alert_keys.key_id IS 'Key: hash of rule and key';
COMMENT ON COLUMN alert_keys.alert_id IS 'The alert that told of it';
COMMENT ON COLUMN alert_keys.rule IS 'The rule';
COMMENT ON COLUMN alert_keys.key IS 'What the rule alerts on, in the rule''s own words';

CREATE TABLE deliveries (
    alert_id BIGINT NOT NULL,
    channel VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    raised_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMP NOT NULL,
    last_attempt_at TIMESTAMP,
    delivered_at TIMESTAMP,
    error VARCHAR
);
COMMENT ON TABLE deliveries IS 'One alert to one channel: the outbox';
COMMENT ON COLUMN deliveries.alert_id IS 'The alert';
COMMENT ON COLUMN deliveries.channel IS 'Label of the channel, never its address';
COMMENT ON COLUMN deliveries.state IS 'due, delivered, or dead: given up after seven days';
COMMENT ON COLUMN deliveries.raised_at IS 'When the alert was raised, UTC';
COMMENT ON COLUMN deliveries.attempts IS 'How often sending was tried';
COMMENT ON COLUMN deliveries.next_attempt_at IS 'Not to be tried before this time, UTC';
COMMENT ON COLUMN deliveries.last_attempt_at IS 'When sending was last tried, UTC';
COMMENT ON COLUMN deliveries.delivered_at IS 'When the channel took it, UTC';
COMMENT ON COLUMN deliveries.error IS 'Why the last try failed';

CREATE TABLE fetches (
    fetch_id BIGINT NOT NULL,
    run_id BIGINT NOT NULL,
    outlet VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    fetched_at TIMESTAMP NOT NULL,
    elapsed_ms INTEGER NOT NULL,
    status INTEGER,
    outcome VARCHAR NOT NULL,
    reason VARCHAR,
    detail VARCHAR,
    bytes BIGINT NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash BIGINT,
    article_id BIGINT,
    warc_file VARCHAR,
    warc_offset BIGINT
);
COMMENT ON TABLE fetches IS 'A request and what came of it';
COMMENT ON COLUMN fetches.fetch_id IS 'Key';
COMMENT ON COLUMN fetches.run_id IS 'The run that made it';
COMMENT ON COLUMN fetches.outlet IS 'The outlet it was made for';
COMMENT ON COLUMN fetches.url IS 'The address asked for';
COMMENT ON COLUMN fetches.kind IS 'What was asked for: feed, sitemap, page, ...';
COMMENT ON COLUMN fetches.fetched_at IS 'When, UTC';
COMMENT ON COLUMN fetches.elapsed_ms IS 'How long it took, in milliseconds';
COMMENT ON COLUMN fetches.status IS 'HTTP status; null if no answer came';
COMMENT ON COLUMN fetches.outcome IS 'ok, not_modified, failed, not_article or extract_failed';
COMMENT ON COLUMN fetches.reason IS 'Why it was not ok, in one word';
COMMENT ON COLUMN fetches.detail IS 'Why it was not ok, in one sentence';
COMMENT ON COLUMN fetches.bytes IS 'Size of the body as it came, in bytes';
COMMENT ON COLUMN fetches.etag IS 'ETag of the answer';
COMMENT ON COLUMN fetches.last_modified IS 'Last-Modified of the answer, as it came';
COMMENT ON COLUMN fetches.body_hash IS 'Hash of the body';
COMMENT ON COLUMN fetches.article_id IS 'The article at this address, if it is one';
COMMENT ON COLUMN fetches.warc_file IS 'Archive file that holds the answer, relative to MUSTER_HOME';
COMMENT ON COLUMN fetches.warc_offset IS 'Byte offset of its record in that file';

CREATE TABLE addresses (
    address_id BIGINT NOT NULL,
    url VARCHAR NOT NULL,
    outlet VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    article_id BIGINT,
    first_fetched_at TIMESTAMP NOT NULL,
    last_fetched_at TIMESTAMP NOT NULL,
    last_good_at TIMESTAMP,
    last_outcome VARCHAR NOT NULL,
    etag VARCHAR,
    last_modified VARCHAR,
    body_hash BIGINT
);
COMMENT ON TABLE addresses IS 'An address that was ever asked for: when it is due again and what to send along';
COMMENT ON COLUMN addresses.address_id IS 'Key: hash of the address';
COMMENT ON COLUMN addresses.url IS 'The address';
COMMENT ON COLUMN addresses.outlet IS 'The outlet it belongs to';
COMMENT ON COLUMN addresses.kind IS 'As in fetches';
COMMENT ON COLUMN addresses.article_id IS 'The article it leads to, if it is one';
COMMENT ON COLUMN addresses.first_fetched_at IS 'When it was first asked for, UTC';
COMMENT ON COLUMN addresses.last_fetched_at IS 'When it was last asked for, UTC';
COMMENT ON COLUMN addresses.last_good_at IS 'When it last answered well, UTC';
COMMENT ON COLUMN addresses.last_outcome IS 'What came of the last request, as in fetches';
COMMENT ON COLUMN addresses.etag IS 'ETag of the last good answer';
COMMENT ON COLUMN addresses.last_modified IS 'Last-Modified of the last good answer';
COMMENT ON COLUMN addresses.body_hash IS 'Hash of the last good body';

CREATE TABLE runs (
    run_id BIGINT NOT NULL,
    outlet VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    started_at TIMESTAMP NOT NULL,
    loaded_at TIMESTAMP NOT NULL,
    found INTEGER NOT NULL,
    fetched INTEGER NOT NULL,
    new INTEGER NOT NULL,
    revised INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    figures INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    alerts INTEGER NOT NULL,
    failed INTEGER NOT NULL,
    failures MAP(VARCHAR, INTEGER) NOT NULL
);
COMMENT ON TABLE runs IS 'A run over one outlet, with its counts';
COMMENT ON COLUMN runs.run_id IS 'The run';
COMMENT ON COLUMN runs.outlet IS 'The outlet';
COMMENT ON COLUMN runs.kind IS 'monitor, backfill or reextract';
COMMENT ON COLUMN runs.started_at IS 'When it started, UTC';
COMMENT ON COLUMN runs.loaded_at IS 'When its batch was loaded, UTC';
COMMENT ON COLUMN runs.found IS 'Addresses that the outlet''s sources named';
COMMENT ON COLUMN runs.fetched IS 'Requests made';
COMMENT ON COLUMN runs.new IS 'Articles not known before';
COMMENT ON COLUMN runs.revised IS 'Known articles with a new text';
COMMENT ON COLUMN runs.unchanged IS 'Known articles with the same text';
COMMENT ON COLUMN runs.figures IS 'Figures in the new and revised articles';
COMMENT ON COLUMN runs.mentions IS 'Diplomacy mentions in the new and revised articles';
COMMENT ON COLUMN runs.alerts IS 'Alerts raised';
COMMENT ON COLUMN runs.failed IS 'Requests that were not ok';
COMMENT ON COLUMN runs.failures IS 'How many failed for which reason';
