-- Ready views over the tables; `rilis query` and the notebooks build on them.

-- Who held which post, from when to when as far as the articles tell.
CREATE VIEW officer_posts AS
SELECT o.officer_id, o.name, o.rank, o.rank_name, o.position, o.unit_id, o.unit, o.force,
       min(a.published_date) AS first_seen, max(a.published_date) AS last_seen,
       count(DISTINCT o.article_id) AS n_articles, count(DISTINCT a.duplicate_group) AS n_stories
FROM officers o JOIN articles a USING (article_id)
GROUP BY ALL
ORDER BY name, first_seen, rank, position, unit;

-- Each stated number of personnel beside the main event of its article.
CREATE VIEW personnel_by_event AS
SELECT e.event_id, e.event_type, e.event_group, coalesce(e.date, a.published_date) AS date,
       a.primary_unit AS unit, a.polda, e.region_code, e.region, e.operation,
       p.min, p.max, p.approx, p.force, p.unit_of, p.surface, a.article_id, a.duplicate_group, a.title, a.url
FROM personnel p
JOIN articles a USING (article_id)
JOIN events e ON e.article_id = p.article_id AND e.is_primary
ORDER BY date, event_id, p.start;

-- Events by month, type and Polda. n_stories counts near-copies of one release once.
CREATE VIEW events_monthly AS
SELECT date_trunc('month', coalesce(e.date, a.published_date))::DATE AS month,
       e.event_group, e.event_type, a.polda,
       count(*) AS n_events, count(DISTINCT a.duplicate_group) AS n_stories
FROM events e JOIN articles a USING (article_id)
GROUP BY ALL
ORDER BY month, event_group, event_type, polda;

-- One row a unit: how often it is named, what it did, who serves there.
CREATE VIEW unit_profile AS
WITH named AS (
  SELECT u.unit_id, any_value(u.unit) AS unit, any_value(u.level) AS level, any_value(u.polda_id) AS polda_id,
         any_value(u.region_code) AS region_code, count(DISTINCT u.article_id) AS n_articles,
         count(DISTINCT u.article_id) FILTER (u.is_primary) AS n_primary,
         min(a.published_date) AS first_seen, max(a.published_date) AS last_seen
  FROM units u JOIN articles a USING (article_id) GROUP BY u.unit_id
), acted AS (
  SELECT unit_id, count(*) AS n_events, mode(event_type) AS usual_event FROM events GROUP BY unit_id
), staff AS (
  SELECT unit_id, count(DISTINCT officer_id) AS n_officers FROM officers GROUP BY unit_id
)
SELECT named.*, coalesce(n_events, 0) AS n_events, usual_event, coalesce(n_officers, 0) AS n_officers
FROM named LEFT JOIN acted USING (unit_id) LEFT JOIN staff USING (unit_id)
ORDER BY n_articles DESC, unit_id;
