-- Tables that only the web pages need; filled from the declared tables and the registry.

CREATE TABLE event_types (
  type TEXT PRIMARY KEY, "group" TEXT NOT NULL, label_id TEXT NOT NULL, label_en TEXT NOT NULL, definition TEXT
);

-- Every unit that the data name, and every Polda; point is the centroid of its first region.
CREATE TABLE police_units (
  unit_id TEXT PRIMARY KEY, unit TEXT NOT NULL, level TEXT NOT NULL,
  polda_id TEXT REFERENCES police_units(unit_id), region_code TEXT, region TEXT, lat REAL, lon REAL,
  n_articles INTEGER NOT NULL DEFAULT 0, n_events INTEGER NOT NULL DEFAULT 0, n_officers INTEGER NOT NULL DEFAULT 0,
  first_seen TEXT, last_seen TEXT
);

-- Each officer once, with the newest post that the articles tell.
CREATE TABLE people (
  officer_id TEXT PRIMARY KEY, name TEXT NOT NULL, rank TEXT, rank_order INTEGER, position TEXT, force TEXT NOT NULL,
  unit_id TEXT REFERENCES police_units(unit_id), unit TEXT, polda_id TEXT REFERENCES police_units(unit_id),
  n_articles INTEGER NOT NULL, first_seen TEXT, last_seen TEXT
);

-- Each combination of type, Polda and year that occurs, numbered: facets are counted by this one small number.
CREATE TABLE cells (
  cell INTEGER PRIMARY KEY, event_type TEXT REFERENCES event_types(type),
  polda_id TEXT REFERENCES police_units(unit_id), year INTEGER
);

-- What lists of articles are filtered by, apart from the long texts; id as in articles. tags are the same
-- values as words of the full-text index, so that a search with filters is one look into that index.
CREATE TABLE article_facets (
  id INTEGER PRIMARY KEY REFERENCES articles(id), event_type TEXT REFERENCES event_types(type),
  polda_id TEXT REFERENCES police_units(unit_id), year INTEGER, unit_id TEXT REFERENCES police_units(unit_id),
  day TEXT, cell INTEGER NOT NULL REFERENCES cells(cell), tags TEXT NOT NULL
);
CREATE VIEW articles_search AS
SELECT a.id, a.title, a.text, f.tags FROM articles a JOIN article_facets f ON f.id = a.id;

-- The table mentions, an article a row: "PER 10 24;UNIT 30 47". The Parquet files have them one by one.
CREATE TABLE article_spans (id INTEGER PRIMARY KEY REFERENCES articles(id), spans TEXT NOT NULL);

-- Counts by what the lists are filtered by, so that facets need not look at the rows.
CREATE TABLE article_counts (cell INTEGER PRIMARY KEY REFERENCES cells(cell), n INTEGER NOT NULL);
CREATE TABLE event_counts (cell INTEGER PRIMARY KEY REFERENCES cells(cell), n INTEGER NOT NULL);
CREATE TABLE event_months (month TEXT, event_type TEXT REFERENCES event_types(type), n INTEGER NOT NULL);

-- One JSON value a key: what the start page shows.
CREATE TABLE summary (key TEXT PRIMARY KEY, value TEXT NOT NULL);

-- The vocabulary of the articles with its stems: a search for one form finds the others.
CREATE TABLE words (word TEXT PRIMARY KEY, stem TEXT NOT NULL, n INTEGER NOT NULL) WITHOUT ROWID;
