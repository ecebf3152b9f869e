-- Times are milliseconds since 1970 UTC. States are the words of src/domain/screening.h.

-- One row: who may write. A transaction of an older epoch fails.
CREATE TABLE lease (
  id          INTEGER PRIMARY KEY CHECK (id = 1),
  epoch       INTEGER NOT NULL,
  holder      TEXT NOT NULL,
  acquired_at INTEGER NOT NULL
) STRICT;
INSERT INTO lease VALUES (1, 0, '', 0);

-- One row: which database this is, and the key that its saved plans are signed with.
CREATE TABLE identity (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  database TEXT NOT NULL,
  plan_key TEXT NOT NULL
) STRICT;
INSERT INTO identity VALUES (1, lower(hex(randomblob(16))), lower(hex(randomblob(32))));

-- One row: whose database this is. Bound by the first run that learns it.
CREATE TABLE organisation (
  id         INTEGER PRIMARY KEY CHECK (id = 1),
  salt       TEXT NOT NULL,
  slug       TEXT,                     -- NULL: not bound yet
  credential TEXT NOT NULL DEFAULT ''  -- salted SHA-256 of the base URL and the key last seen with it
) STRICT;
INSERT INTO organisation (id, salt) VALUES (1, hex(randomblob(16)));

CREATE TABLE run (
  id          INTEGER PRIMARY KEY,
  started_at  INTEGER NOT NULL,
  finished_at INTEGER,
  reason      TEXT,
  exit_code   INTEGER,
  report      TEXT          -- the JSON document of the run
) STRICT;
CREATE INDEX run_well ON run (finished_at) WHERE exit_code = 0;

-- What all runs together came to, so that nobody has to read years of documents to know; of the quota,
-- what the last run that knew it said.
CREATE TABLE run_total (
  name  TEXT NOT NULL CHECK (name IN ('runs', 'counts', 'errors', 'assess', 'ats_requests', 'ats_throttled',
          'quota')),
  label TEXT NOT NULL,      -- an ending, a name of the document's counts, an error's kind, a connector
  total INTEGER NOT NULL,
  PRIMARY KEY (name, label)
) STRICT, WITHOUT ROWID;

-- What the scheduler remembers of each schedule: 'instance' or 'connector:NAME'.
CREATE TABLE schedule (
  name        TEXT PRIMARY KEY,
  calendar    TEXT NOT NULL,     -- as the config had it when it was last met
  since       INTEGER NOT NULL,  -- known with that calendar since then
  paused      INTEGER NOT NULL DEFAULT 0 CHECK (paused IN (0, 1)),
  resumed_at  INTEGER,
  failures    INTEGER NOT NULL DEFAULT 0,  -- in a row
  occurrence  INTEGER,           -- the last one claimed
  begun_at    INTEGER,
  finished_at INTEGER,           -- NULL: under way, or its process died
  exit_code   INTEGER
) STRICT, WITHOUT ROWID;

-- Which occurrences were claimed, as stretches that do not touch: no instant from `first` to `last`
-- is ever claimed again.
CREATE TABLE occurrence (
  schedule TEXT NOT NULL REFERENCES schedule (name),
  first    INTEGER NOT NULL,
  last     INTEGER NOT NULL CHECK (last >= first),
  PRIMARY KEY (schedule, first)
) STRICT, WITHOUT ROWID;

-- Requests of the last hour, debited before they are sent. They count until `until`, on the
-- machine's own stopwatch; `until_at` says the same on the wall clock, for another boot.
CREATE TABLE request (
  id       INTEGER PRIMARY KEY,
  account  TEXT NOT NULL,     -- 'assess' or 'ats:NAME'
  class    TEXT NOT NULL CHECK (class IN ('read', 'write')),
  origin   TEXT NOT NULL CHECK (origin IN ('ours', 'others')),  -- others: who share the key, by the headers
  requests INTEGER NOT NULL CHECK (requests > 0),
  boot     TEXT NOT NULL,
  until    INTEGER NOT NULL,
  until_at INTEGER NOT NULL
) STRICT;
CREATE INDEX request_in_window ON request (account, class, until, requests);

CREATE TABLE request_class (
  account  TEXT NOT NULL,
  class    TEXT NOT NULL CHECK (class IN ('read', 'write')),
  told_limit INTEGER,         -- by the last answer's headers
  boot     TEXT NOT NULL,
  closed_until    INTEGER,    -- after a 429
  closed_until_at INTEGER,
  PRIMARY KEY (account, class)
) STRICT, WITHOUT ROWID;

-- How far each stream was read: 'pull:NAME', 'results:SLUG', 'invites'.
CREATE TABLE checkpoint (
  stream      TEXT PRIMARY KEY,
  cursor      TEXT NOT NULL DEFAULT '',
  fingerprint TEXT NOT NULL DEFAULT '',  -- of the routes that the stream was read for
  sweep       INTEGER NOT NULL DEFAULT 0,
  sweep_flaws INTEGER NOT NULL DEFAULT 0,  -- records set aside in this sweep: it proves no absence
  watermark   INTEGER,                   -- everything up to here was seen
  scan_top    INTEGER,                   -- becomes the watermark when the scan under way reaches it
  full_at     INTEGER,                   -- when it was last read from end to end
  updated_at  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE application (
  id           INTEGER PRIMARY KEY,
  connector    TEXT NOT NULL,
  external_id  TEXT NOT NULL,
  candidate_id TEXT NOT NULL,
  email        TEXT NOT NULL,
  name         TEXT NOT NULL,
  job          TEXT NOT NULL,
  stage        TEXT NOT NULL,
  job_id       TEXT NOT NULL,
  stage_id     TEXT NOT NULL,
  updated_at   INTEGER,
  seen_at      INTEGER NOT NULL,
  seen_sweep   INTEGER NOT NULL,
  UNIQUE (connector, external_id)
) STRICT;

-- Records that could not be read.
CREATE TABLE set_aside (
  connector  TEXT NOT NULL,
  record     TEXT NOT NULL,
  reason     TEXT NOT NULL,
  sweep      INTEGER NOT NULL,
  first_seen INTEGER NOT NULL,
  PRIMARY KEY (connector, record)
) STRICT, WITHOUT ROWID;

-- An invitation or an enrollment: one a person, target and round.
CREATE TABLE engagement (
  id            INTEGER PRIMARY KEY,
  target_kind   TEXT NOT NULL CHECK (target_kind IN ('assessment', 'pipeline')),
  target        TEXT NOT NULL,
  email_key     TEXT NOT NULL,
  round         INTEGER NOT NULL DEFAULT 1,
  email         TEXT NOT NULL,
  name          TEXT NOT NULL,
  role          TEXT NOT NULL,
  send_email    INTEGER NOT NULL CHECK (send_email IN (0, 1)),
  state         TEXT NOT NULL CHECK (state IN ('queued', 'dispatching', 'invited', 'enrolled', 'started',
                  'passed', 'failed', 'expired', 'cancelled', 'blocked')),
  reason        TEXT NOT NULL DEFAULT '',
  attempted     INTEGER NOT NULL DEFAULT 0 CHECK (attempted IN (0, 1)),
  attempted_at  INTEGER,           -- the last time, by the API's clock
  token         TEXT,
  enrollment_id TEXT,
  known_before  INTEGER NOT NULL DEFAULT 0,  -- was invited by somebody else: its state is yet to be learnt
  found         INTEGER NOT NULL DEFAULT 0,  -- the peer had it already: perhaps by a database of ours that was lost
  moved         INTEGER NOT NULL DEFAULT 0,  -- a stage's result is newer than our last look at the enrollment
  contacted_at  INTEGER,
  expires_at    INTEGER,
  checked_at    INTEGER,
  reminded_at   INTEGER,
  reminders     INTEGER NOT NULL DEFAULT 0,
  score         REAL,
  time_spent    INTEGER,
  fullscreen_violations INTEGER,
  copy_paste_violations INTEGER,
  completed_at  INTEGER,
  report_url    TEXT NOT NULL DEFAULT '',
  cases         TEXT NOT NULL DEFAULT '',    -- each task with its score, on one line
  detail        INTEGER NOT NULL DEFAULT 0,  -- 1: the detail was read, 2: there is none to be had
  UNIQUE (target_kind, target, email_key, round)
) STRICT;
CREATE INDEX engagement_by_state ON engagement (state, target_kind, target, id);
CREATE UNIQUE INDEX engagement_by_token ON engagement (token) WHERE token IS NOT NULL;

CREATE TABLE screening (
  id          INTEGER PRIMARY KEY,
  application INTEGER NOT NULL REFERENCES application (id),
  route       TEXT NOT NULL,
  engagement  INTEGER REFERENCES engagement (id),
  round       INTEGER NOT NULL DEFAULT 1,
  state       TEXT NOT NULL CHECK (state IN ('queued', 'dispatching', 'invited', 'enrolled', 'started',
                'passed', 'failed', 'expired', 'cancelled', 'withdrawn', 'written_back', 'blocked')),
  reason      TEXT NOT NULL DEFAULT '',
  in_stage    INTEGER NOT NULL CHECK (in_stage IN (0, 1)),
  changed_at  INTEGER NOT NULL,
  UNIQUE (application, route),
  CHECK (engagement IS NOT NULL OR state IN ('blocked', 'withdrawn', 'written_back'))
) STRICT;
CREATE INDEX screening_by_engagement ON screening (engagement);
CREATE INDEX screening_by_state ON screening (state, id);

-- How many people the stage of each route held when that was last accepted.
CREATE TABLE route_size (
  route     TEXT PRIMARY KEY,
  connector TEXT NOT NULL,
  size      INTEGER,  -- none before a listing came to its end
  held      INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),  -- grew too much: nobody is contacted
  empty     INTEGER NOT NULL DEFAULT 0 CHECK (empty IN (0, 1))  -- lists nobody, and that was reported
) STRICT, WITHOUT ROWID;

-- Append-only: every change of every screening.
CREATE TABLE history (
  id         INTEGER PRIMARY KEY,
  screening  INTEGER NOT NULL REFERENCES screening (id),
  at         INTEGER NOT NULL,
  run        INTEGER REFERENCES run (id),
  from_state TEXT,
  to_state   TEXT NOT NULL,
  reason     TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX history_by_screening ON history (screening, id);
CREATE TRIGGER history_is_append_only BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- What is about to be asked of the Assess API: stored before it is sent, answered after.
CREATE TABLE intent (
  id           INTEGER PRIMARY KEY,
  kind         TEXT NOT NULL CHECK (kind IN ('invite', 'bulk_invite', 'enroll', 'remind', 'cancel')),
  target       TEXT NOT NULL,
  body         TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('open', 'done', 'dropped')),
  run          INTEGER NOT NULL REFERENCES run (id),
  opened_at    INTEGER NOT NULL,
  settle_after INTEGER NOT NULL,  -- before it, absence proves nothing
  closed_at    INTEGER
) STRICT;
CREATE INDEX intent_open ON intent (id) WHERE state = 'open';

CREATE TABLE intent_engagement (
  intent     INTEGER NOT NULL REFERENCES intent (id),
  engagement INTEGER NOT NULL REFERENCES engagement (id),
  PRIMARY KEY (intent, engagement)
) STRICT, WITHOUT ROWID;

CREATE TABLE pipeline_stage (
  pipeline   TEXT NOT NULL,
  stage      INTEGER NOT NULL,
  assessment TEXT NOT NULL,
  PRIMARY KEY (pipeline, stage)
) STRICT, WITHOUT ROWID;

-- What the results of a pipeline's stages say of an enrolled person.
CREATE TABLE stage_result (
  engagement INTEGER NOT NULL REFERENCES engagement (id),
  stage      INTEGER NOT NULL,
  passed     INTEGER,
  score      REAL,
  completed_at INTEGER,
  token        TEXT,  -- of the stage's invitation
  PRIMARY KEY (engagement, stage)
) STRICT, WITHOUT ROWID;
CREATE INDEX stage_result_by_token ON stage_result (token) WHERE token IS NOT NULL;

CREATE TABLE write_back (
  id           INTEGER PRIMARY KEY,
  screening    INTEGER NOT NULL REFERENCES screening (id),
  round        INTEGER NOT NULL,
  verdict      TEXT NOT NULL,
  ordinal      INTEGER NOT NULL,  -- the order in which a screening's actions are done
  kind         TEXT NOT NULL,
  field        TEXT NOT NULL DEFAULT '',
  value        TEXT NOT NULL,
  marker       TEXT NOT NULL UNIQUE,
  expected_stage    TEXT NOT NULL,  -- where the candidate stood when it was planned
  expected_stage_id TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('planned', 'sending', 'applied', 'left_alone', 'refused')),
  reason       TEXT NOT NULL DEFAULT '',
  attempts     INTEGER NOT NULL DEFAULT 0,
  planned_at   INTEGER NOT NULL,
  settle_after INTEGER,
  closed_at    INTEGER,
  UNIQUE (screening, round, verdict, kind, field)
) STRICT;
CREATE INDEX write_back_to_do ON write_back (id) WHERE state IN ('planned', 'sending');
