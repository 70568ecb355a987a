-- Every address ever found, and what became of it.
create table if not exists pages (
  url text primary key,                -- canonical address
  identity text not null unique,       -- the same page under another scheme or host variant
  site_id text not null,
  state text not null default 'new',   -- new, stored, rejected, failed, gone
  first_seen text not null,
  published text,                      -- as the listing says
  modified text,                       -- as the listing says
  tries integer not null default 0,
  next_try text,                       -- not before this moment
  last_status integer,
  reason text,                         -- failure or verdict of the last try
  etag text,
  last_modified text,
  digest text,                         -- SHA-256 of the newest stored body
  fetched_at text,                     -- of the newest stored body
  warc_file text,
  warc_offset integer,
  warc_length integer,
  checked_at text,
  checks integer not null default 0,   -- re-checks done
  full_check integer not null default 0, -- 1: the next re-check is unconditional, since the last answer was a 304
  recheck integer not null default 0,  -- 1: the listing says that the article changed
  gone_at text,
  revised_at text,
  revisions integer not null default 0,
  work text not null default 'none',   -- what the tables still owe: none, pending
  article_id text,
  fingerprint text,                    -- of the text that is in the tables
  topic text                           -- on, off, unparsed
) without rowid;
create index if not exists pages_site on pages (site_id, state);
create index if not exists pages_work on pages (work) where work != 'none';
create table if not exists revisions (
  url text not null, fetched_at text not null, digest text not null,
  warc_file text not null, warc_offset integer not null, warc_length integer not null,
  primary key (url, fetched_at)
) without rowid;
create table if not exists listings (
  url text primary key, site_id text not null, etag text, last_modified text, digest text,
  read_at text not null                -- last whole answer
) without rowid;
create table if not exists visits (
  site_id text primary key, first_visit text not null, last_visit text not null
) without rowid;
create table if not exists warcs (file text primary key, known_end integer not null) without rowid;
