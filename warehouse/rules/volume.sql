-- An outlet has gone silent, or brings far more or far less than its habit of 28 days. Only when asked for.
WITH counted AS (
    SELECT l.outlet, floor((epoch(l."at") - epoch(a.published_at)) / 86400)::INTEGER AS day, count(*) AS articles
    FROM this_load l JOIN articles a
      ON a.outlet = l.outlet AND a.published_at <= l."at" AND a.published_at > l."at" - INTERVAL 29 DAY
    GROUP BY ALL
), days AS (
    SELECT l.outlet, l."at", n.day, coalesce(c.articles, 0) AS articles
    FROM this_load l CROSS JOIN (SELECT range::INTEGER AS day FROM range(29)) n
    LEFT JOIN counted c ON c.outlet = l.outlet AND c.day = n.day
), habits AS (
    SELECT outlet, any_value("at") AS "at", sum(articles) FILTER (day = 0) AS today,
           avg(articles) FILTER (day > 0) AS usual, stddev_samp(articles) FILTER (day > 0) AS spread,
           count(*) FILTER (day > 0 AND articles > 0) AS days_with_articles
    FROM days GROUP BY outlet
), strange AS (
    SELECT h.*, CASE WHEN today = 0 THEN 'silent' WHEN today > usual THEN 'many' ELSE 'few' END AS what
    FROM habits h
    WHERE days_with_articles >= 14 AND abs(today - usual) > 3 * greatest(spread, sqrt(usual))
       OR days_with_articles >= 20 AND today = 0 AND usual >= 3
)
SELECT s.outlet || ':' || s.what || ':' || CASE s.what
           WHEN 'silent' THEN coalesce(strftime(max(a.published_at), '%Y-%m-%dT%H:%M'), 'ever')  -- once a silence
           ELSE strftime(s."at", '%Y-%m-%d') END AS key,
       s.outlet || CASE s.what WHEN 'silent' THEN ' has gone silent: no article' ELSE ': ' || s.today || ' articles' END
           || ' in 24 hours, usually ' || round(s.usual, 1) AS title,
       CASE s.what WHEN 'silent' THEN 'Its last article is of ' || strftime(max(a.published_at), '%-d %B %Y, %H:%M') || ' UTC.'
            ELSE 'The habit is that of the last 28 days.' END AS body,
       arg_max(a.url, a.published_at) AS url, s.outlet, NULL::BIGINT AS claim_id, NULL::BIGINT AS mention_id
FROM strange s LEFT JOIN articles a ON a.outlet = s.outlet AND a.published_at <= s."at"
GROUP BY s.outlet, s.what, s."at", s.today, s.usual
ORDER BY s.outlet
