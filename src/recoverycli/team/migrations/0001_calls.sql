-- Calls of the whole floor, in the columns of the desk's own index, beside the transcript itself.
--
-- Times are microseconds since 1970 (UTC) unless their name ends in _at. Every text sorts and compares by its bytes,
-- as SQLite does. An agent writes and reads rows whose owner is the role that is connected; a reviewer reads all.
-- The policies name their roles, so that the planner knows beforehand whose rows are meant: a reviewer pays nothing,
-- and an agent's own newest come out of call_owner already in order (as text: a name of the catalogue is no key of it).

-- Which calls there are, one row each: what makes a call unique over all months, and what everything else hangs on.
-- Deleting it here takes all of the call along.
CREATE TABLE recovery.known (
  id text COLLATE "C" PRIMARY KEY CHECK (octet_length(id) BETWEEN 1 AND 200),
  key bigint GENERATED ALWAYS AS IDENTITY,
  started bigint NOT NULL,
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  desk text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  UNIQUE (key, owner, started)
);

-- `raw` is the transcript byte for byte as the desk pushed it, `digest` its SHA-256 in hexadecimal, `document` the same
-- as jsonb, which cannot hold NUL. Nobody changes these; the columns before them follow what was amended.
CREATE TABLE recovery.call (
  key bigint NOT NULL,
  id text COLLATE "C" NOT NULL,
  started bigint NOT NULL,
  started_at text COLLATE "C",
  ended_at text COLLATE "C",
  seconds double precision,
  weekday integer,
  hour integer,
  day text COLLATE "C",
  state text COLLATE "C",
  kind text COLLATE "C",
  framework text COLLATE "C",
  framework_name text COLLATE "C",
  entered text COLLATE "C",
  agent text COLLATE "C",
  channel text COLLATE "C",
  issue text COLLATE "C",
  customer text COLLATE "C",
  ref text COLLATE "C",
  found_by text COLLATE "C",
  mood_first text COLLATE "C",
  mood_last text COLLATE "C",
  moods text COLLATE "C",
  outcome text COLLATE "C",
  steps_done integer,
  steps_total integer,
  promises integer,
  summary text COLLATE "C",
  cause text COLLATE "C",
  agent_folded text COLLATE "C",
  issue_folded text COLLATE "C",
  customer_folded text COLLATE "C",
  ref_folded text COLLATE "C",
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  desk text COLLATE "C" NOT NULL,
  share text COLLATE "C" NOT NULL,
  digest text COLLATE "C" NOT NULL,
  raw bytea NOT NULL,
  document jsonb NOT NULL,
  words tsvector,
  words_count integer,
  pushed_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (started, id),
  FOREIGN KEY (key, owner, started) REFERENCES recovery.known (key, owner, started) ON DELETE CASCADE
) PARTITION BY RANGE (started);
CREATE INDEX call_key ON recovery.call (key);
CREATE INDEX call_owner ON recovery.call (owner, started, id);
CREATE INDEX call_words ON recovery.call USING gin (words);

CREATE TABLE recovery.step_kind (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  framework text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  intent text COLLATE "C" NOT NULL,
  phase text COLLATE "C" NOT NULL,
  UNIQUE (framework, id, name, intent, phase)
);

CREATE TABLE recovery.step (
  call bigint NOT NULL,
  place integer NOT NULL,
  kind bigint NOT NULL,
  status integer,
  visits integer,
  seconds double precision,
  own integer,
  read_out integer,
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  started bigint NOT NULL,
  PRIMARY KEY (started, call, place),
  FOREIGN KEY (call, owner, started) REFERENCES recovery.known (key, owner, started) ON DELETE CASCADE
) PARTITION BY RANGE (started);

CREATE TABLE recovery.offer (
  call bigint NOT NULL,
  place integer NOT NULL,
  remedy text COLLATE "C",
  remedy_folded text COLLATE "C",
  value double precision,
  currency text COLLATE "C",
  "within" integer,
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  started bigint NOT NULL,
  PRIMARY KEY (call, place),
  FOREIGN KEY (call, owner, started) REFERENCES recovery.known (key, owner, started) ON DELETE CASCADE
);
CREATE INDEX offer_started ON recovery.offer (started);

CREATE TABLE recovery.commitment (
  call bigint NOT NULL,
  place integer NOT NULL,
  kind text COLLATE "C",
  item text COLLATE "C",
  what text COLLATE "C",
  due bigint,
  done bigint,
  satisfied integer,
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  started bigint NOT NULL,
  PRIMARY KEY (call, place),
  FOREIGN KEY (call, owner, started) REFERENCES recovery.known (key, owner, started) ON DELETE CASCADE
);
CREATE INDEX commitment_started ON recovery.commitment (started);
CREATE INDEX commitment_due ON recovery.commitment (due) WHERE done IS NULL AND due IS NOT NULL;

-- What came after the call was pushed. `at` is RFC 3339 as the desk has it.
CREATE TABLE recovery.amendment (
  call text COLLATE "C" NOT NULL REFERENCES recovery.known (id) ON DELETE CASCADE,
  place integer NOT NULL,
  at text COLLATE "C" NOT NULL,
  field text COLLATE "C" NOT NULL,
  old jsonb,
  new jsonb,
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  PRIMARY KEY (call, place)
);

-- What one person's role thinks of a call, as the desk keeps it: assessments, and disputes beside them.
CREATE TABLE recovery.review (
  call text COLLATE "C" NOT NULL REFERENCES recovery.known (id) ON DELETE CASCADE,
  reviewer text COLLATE "C" NOT NULL DEFAULT current_user,
  document jsonb NOT NULL,
  raw bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (call, reviewer)
);

-- That somebody was erased: a mark by which a desk knows the name or reference again, never the name.
CREATE TABLE recovery.erasure (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  desk text COLLATE "C" NOT NULL,
  owner text COLLATE "C" NOT NULL DEFAULT current_user,
  mark text COLLATE "C" NOT NULL CHECK (octet_length(mark) BETWEEN 1 AND 400)
);

-- Months are made when their first call comes; what a wrong clock says is kept as well, in two partitions at the ends.
CREATE TABLE recovery.call_before PARTITION OF recovery.call FOR VALUES FROM (MINVALUE) TO (946684800000000);
CREATE TABLE recovery.call_after PARTITION OF recovery.call FOR VALUES FROM (4102444800000000) TO (MAXVALUE);
CREATE TABLE recovery.step_before PARTITION OF recovery.step FOR VALUES FROM (MINVALUE) TO (946684800000000);
CREATE TABLE recovery.step_after PARTITION OF recovery.step FOR VALUES FROM (4102444800000000) TO (MAXVALUE);

-- Makes sure that there is a place for calls that began at that moment. Attaching locks less than CREATE ... PARTITION
-- OF does: others go on reading meanwhile. It waits for those who are writing, so it is to be called first in a
-- transaction: two that have written and then wait for each other would never end.
CREATE FUNCTION recovery.make_month(moment bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  first timestamp;
  low bigint;
  high bigint;
  part text;
  name text;
BEGIN
  IF moment < 946684800000000 OR moment >= 4102444800000000 THEN
    RETURN;
  END IF;
  first := date_trunc('month', to_timestamp(moment / 1000000) AT TIME ZONE 'UTC');
  name := 'call_' || to_char(first, 'YYYY_MM');
  IF to_regclass('recovery.' || name) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('recovery.make_month', 0));
  -- The catalogue is asked itself: to_regclass may still remember that there was none before the lock was had.
  IF EXISTS (
    SELECT FROM pg_class WHERE relname = name AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'recovery')
  ) THEN
    RETURN;
  END IF;
  low := extract(epoch FROM first)::bigint * 1000000;
  high := extract(epoch FROM first + interval '1 month')::bigint * 1000000;
  FOREACH part IN ARRAY ARRAY['step', 'call'] LOOP
    name := part || '_' || to_char(first, 'YYYY_MM');
    EXECUTE format('CREATE TABLE recovery.%I (LIKE recovery.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)', name, part);
    EXECUTE format('ALTER TABLE recovery.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE recovery.%I ATTACH PARTITION recovery.%I FOR VALUES FROM (%s) TO (%s)',
      part, name, low, high);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION recovery.make_month(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recovery.make_month(bigint) TO recovery_agent;

-- Rows of others are not there for an agent. A partition asked for by its own name has no policy, and so shows nothing.
ALTER TABLE recovery.migration ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.known ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.call ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.call_before ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.call_after ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.step_kind ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.step ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.step_before ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.step_after ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.offer ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.commitment ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.amendment ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.review ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.erasure ENABLE ROW LEVEL SECURITY;

GRANT USAGE ON SCHEMA recovery TO recovery_agent, recovery_reviewer, recovery_publisher;

GRANT SELECT ON recovery.migration TO recovery_agent, recovery_reviewer, recovery_publisher;
CREATE POLICY read ON recovery.migration FOR SELECT TO recovery_agent, recovery_reviewer, recovery_publisher
  USING (true);

-- What an agent may do with their own rows. No key is chosen by hand, and nothing of a transcript is updated.
GRANT SELECT, DELETE ON recovery.known, recovery.call, recovery.step, recovery.offer, recovery.commitment,
  recovery.amendment TO recovery_agent;
GRANT INSERT (id, started, owner, desk, digest), UPDATE (digest) ON recovery.known TO recovery_agent;
GRANT INSERT (
    key, id, started, started_at, ended_at, seconds, weekday, hour, day, state, kind, framework, framework_name,
    entered, agent, channel, issue, customer, ref, found_by, mood_first, mood_last, moods, outcome, steps_done,
    steps_total, promises, summary, cause, agent_folded, issue_folded, customer_folded, ref_folded, owner, desk, share,
    digest, raw, document, words, words_count
  ), UPDATE (
    started_at, ended_at, seconds, weekday, hour, day, state, kind, framework, framework_name, entered, agent, channel,
    issue, customer, ref, found_by, mood_first, mood_last, moods, outcome, steps_done, steps_total, promises, summary,
    cause, agent_folded, issue_folded, customer_folded, ref_folded, words, words_count
  ) ON recovery.call TO recovery_agent;
GRANT INSERT ON recovery.step, recovery.offer, recovery.commitment, recovery.amendment TO recovery_agent;
GRANT UPDATE (kind, item, what, due, done, satisfied) ON recovery.commitment TO recovery_agent;

CREATE POLICY own ON recovery.known TO recovery_agent USING (owner = current_user::text) WITH CHECK (owner = current_user::text);
CREATE POLICY own_read ON recovery.call FOR SELECT TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_delete ON recovery.call FOR DELETE TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_update ON recovery.call FOR UPDATE TO recovery_agent
  USING (owner = current_user::text) WITH CHECK (owner = current_user::text);
-- The name of a call is the one under which it is known: nobody passes a call off as another's.
CREATE POLICY own_insert ON recovery.call FOR INSERT TO recovery_agent WITH CHECK (
  owner = current_user::text AND EXISTS (SELECT FROM recovery.known WHERE known.id = call.id AND known.key = call.key)
);
CREATE POLICY own ON recovery.step TO recovery_agent USING (owner = current_user::text) WITH CHECK (owner = current_user::text);
CREATE POLICY own ON recovery.offer TO recovery_agent USING (owner = current_user::text) WITH CHECK (owner = current_user::text);
CREATE POLICY own ON recovery.commitment TO recovery_agent
  USING (owner = current_user::text) WITH CHECK (owner = current_user::text);
CREATE POLICY own_read ON recovery.amendment FOR SELECT TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_delete ON recovery.amendment FOR DELETE TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_insert ON recovery.amendment FOR INSERT TO recovery_agent WITH CHECK (
  owner = current_user::text
  AND EXISTS (SELECT FROM recovery.known WHERE known.id = amendment.call AND known.owner = current_user::text)
);

GRANT SELECT ON recovery.step_kind TO recovery_agent, recovery_reviewer;
GRANT INSERT (framework, id, name, intent, phase) ON recovery.step_kind TO recovery_agent;
CREATE POLICY read ON recovery.step_kind FOR SELECT TO recovery_agent, recovery_reviewer USING (true);
CREATE POLICY add ON recovery.step_kind FOR INSERT TO recovery_agent WITH CHECK (true);

-- A reviewer reads everything and writes reviews alone.
GRANT SELECT ON recovery.known, recovery.call, recovery.step, recovery.offer, recovery.commitment, recovery.amendment
  TO recovery_reviewer;
CREATE POLICY every ON recovery.known FOR SELECT TO recovery_reviewer USING (true);
CREATE POLICY every ON recovery.call FOR SELECT TO recovery_reviewer USING (true);
CREATE POLICY every ON recovery.step FOR SELECT TO recovery_reviewer USING (true);
CREATE POLICY every ON recovery.offer FOR SELECT TO recovery_reviewer USING (true);
CREATE POLICY every ON recovery.commitment FOR SELECT TO recovery_reviewer USING (true);
CREATE POLICY every ON recovery.amendment FOR SELECT TO recovery_reviewer USING (true);

-- Both write reviews under their own name: an agent of their own calls, where they assess themselves or dispute.
GRANT SELECT, DELETE, INSERT (call, reviewer, document, raw), UPDATE (document, raw, at) ON recovery.review
  TO recovery_agent, recovery_reviewer;
CREATE POLICY own_calls ON recovery.review FOR SELECT TO recovery_agent USING (
  reviewer = current_user::text
  OR EXISTS (SELECT FROM recovery.known WHERE known.id = review.call AND known.owner = current_user::text)
);
CREATE POLICY every ON recovery.review FOR SELECT TO recovery_reviewer USING (true);
CREATE POLICY own_insert ON recovery.review FOR INSERT TO recovery_agent WITH CHECK (
  reviewer = current_user::text
  AND EXISTS (SELECT FROM recovery.known WHERE known.id = review.call AND known.owner = current_user::text)
);
CREATE POLICY reviewer_insert ON recovery.review FOR INSERT TO recovery_reviewer WITH CHECK (reviewer = current_user::text);
CREATE POLICY own_update ON recovery.review FOR UPDATE TO recovery_agent, recovery_reviewer
  USING (reviewer = current_user::text) WITH CHECK (reviewer = current_user::text);
CREATE POLICY own_delete ON recovery.review FOR DELETE TO recovery_agent, recovery_reviewer
  USING (reviewer = current_user::text);

-- Every desk learns of an erasure. Whoever keeps calls may tell of one; nobody takes it back.
GRANT SELECT ON recovery.erasure TO recovery_agent, recovery_reviewer, recovery_publisher;
GRANT INSERT (desk, owner, mark) ON recovery.erasure TO recovery_agent, recovery_reviewer;
CREATE POLICY read ON recovery.erasure FOR SELECT TO recovery_agent, recovery_reviewer, recovery_publisher USING (true);
CREATE POLICY add ON recovery.erasure FOR INSERT TO recovery_agent, recovery_reviewer WITH CHECK (owner = current_user::text);
