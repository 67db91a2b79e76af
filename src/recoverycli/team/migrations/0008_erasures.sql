-- Marks of erased customers that nobody can read: a hash of a name is found again from a list of names, salted or not.
--
-- A desk sends hashes; the database stores each under a key of its own, which no function returns. Whoever pulls sends
-- the hashes of their own customers, in a transaction that is counted, and asks in a later one which of them are erased.
-- An answer in the same transaction could be had without being counted: it would be rolled back.
CREATE TABLE recovery.erasure_key (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  key bytea NOT NULL CHECK (octet_length(key) = 32)
);
INSERT INTO recovery.erasure_key (key) VALUES (uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));

-- `has_ref`: the erasure has a reference, which decides where a call has one. No key is unique: who adds a mark that is
-- there learns nothing of it, and waits for nobody.
CREATE TABLE recovery.erasure_mark (
  mark bytea NOT NULL,
  has_ref boolean NOT NULL,
  at timestamptz NOT NULL DEFAULT now(),
  owner text COLLATE "C" NOT NULL,
  desk text COLLATE "C" NOT NULL
);
CREATE INDEX erasure_mark_at ON recovery.erasure_mark (mark, has_ref, at);

-- How much a role added and asked on its last day, in UTC.
CREATE TABLE recovery.erasure_use (
  owner text COLLATE "C" PRIMARY KEY,
  day date NOT NULL,
  added bigint NOT NULL,
  asked bigint NOT NULL
);

-- What somebody asks about, until it is answered.
CREATE TABLE recovery.erasure_request (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  asked_in xid8 NOT NULL DEFAULT pg_current_xact_id(),
  marks bytea[] NOT NULL
);

ALTER TABLE recovery.erasure_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.erasure_mark ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.erasure_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.erasure_request ENABLE ROW LEVEL SECURITY;

-- A hash under the key. Both have a fixed length and the key comes first and is never told, so SHA-256 needs no HMAC.
CREATE FUNCTION recovery.erasure_mark_of(digest bytea) RETURNS bytea LANGUAGE plpgsql STABLE AS $$
BEGIN
  IF octet_length(digest) IS DISTINCT FROM 32 THEN
    PERFORM recovery.refuse('not a hash of a name or a reference');
  END IF;
  RETURN (SELECT sha256(key || digest) FROM recovery.erasure_key);
END $$;

-- Counts what the caller adds and asks; an error beyond the limits of a day. With each call of its own, a role has
-- another customer to ask about. The time is that of the clock: a transaction may have begun on another day.
CREATE FUNCTION recovery.count_erasures(adds bigint, asks bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  today date := (clock_timestamp() AT TIME ZONE 'UTC')::date;
  used recovery.erasure_use;
BEGIN
  INSERT INTO recovery.erasure_use AS before (owner, day, added, asked)
  VALUES (recovery.caller(), today, adds, asks)
  ON CONFLICT (owner) DO UPDATE SET day = greatest(before.day, today),
    added = adds + CASE WHEN before.day < today THEN 0 ELSE before.added END,
    asked = asks + CASE WHEN before.day < today THEN 0 ELSE before.asked END
  RETURNING * INTO used;
  IF adds > 0 AND used.added > 1000 THEN
    RAISE 'the database takes 1,000 marks of erased customers a day from each role'
      USING ERRCODE = 'program_limit_exceeded';
  END IF;
  IF asks > 0 AND used.asked > 2000 AND used.asked > 2000 + 20 * (
    SELECT count(*) FROM recovery.known WHERE owner = recovery.caller()
  ) THEN
    RAISE 'this role has asked about too many customers today' USING ERRCODE = 'program_limit_exceeded';
  END IF;
END $$;

-- Tells of the erasure of one customer: kind::hash for each name and reference. Marks with a salt in the middle were
-- made before and waited at a desk; they stay as they are.
CREATE FUNCTION recovery.add_erasure(desk_id text, marks text[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  mark text;
  ref boolean := EXISTS (SELECT FROM unnest(marks) AS one WHERE one LIKE 'ref:%');
BEGIN
  IF octet_length(desk_id) > 200 OR desk_id IS NULL THEN
    PERFORM recovery.refuse('not a desk');
  END IF;
  PERFORM recovery.count_erasures(cardinality(marks), 0);
  FOREACH mark IN ARRAY marks LOOP
    IF mark ~ '^(name|ref|also)::[0-9a-f]{64}$' THEN
      INSERT INTO recovery.erasure_mark (mark, has_ref, owner, desk)
      VALUES (recovery.erasure_mark_of(decode(right(mark, 64), 'hex')), ref, recovery.caller(), desk_id);
    ELSIF mark ~ '^(name|ref|also):[0-9a-f]{2,64}:[0-9a-f]{64}$' THEN
      INSERT INTO recovery.erasure (desk, owner, mark) VALUES (desk_id, recovery.caller(), mark);
    ELSE
      PERFORM recovery.refuse('not a mark of an erased customer');
    END IF;
  END LOOP;
END $$;

-- Asks about customers by the hashes of their names and references; returns what `find_erased` takes.
CREATE FUNCTION recovery.ask_erased(digests bytea[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  request bigint;
BEGIN
  IF cardinality(digests) IS NULL OR cardinality(digests) > 10000 THEN
    PERFORM recovery.refuse('more than 10,000 at once');
  END IF;
  PERFORM recovery.count_erasures(0, cardinality(digests));
  DELETE FROM recovery.erasure_request WHERE owner = recovery.caller() AND at < clock_timestamp() - interval '1 hour';
  INSERT INTO recovery.erasure_request (owner, marks)
  SELECT recovery.caller(), coalesce(array_agg(recovery.erasure_mark_of(digest) ORDER BY place), '{}')
  FROM unnest(digests) WITH ORDINALITY AS list (digest, place) RETURNING key INTO request;
  RETURN request;
END $$;

-- Which of them are erased: the place in the list, whether the erasure has a reference, and when the last one was.
CREATE FUNCTION recovery.find_erased(request bigint)
RETURNS TABLE (place integer, has_ref boolean, at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  wanted bytea[];
BEGIN
  DELETE FROM recovery.erasure_request AS asked
  WHERE asked.key = request AND asked.owner = recovery.caller() AND asked.asked_in <> pg_current_xact_id()
  RETURNING asked.marks INTO wanted;
  IF wanted IS NULL THEN
    PERFORM recovery.refuse('nobody asked that in an earlier transaction');
  END IF;
  RETURN QUERY
  SELECT list.place::integer, decides.ref, newest.at
  FROM unnest(wanted) WITH ORDINALITY AS list (mark, place)
  CROSS JOIN (VALUES (false), (true)) AS decides (ref)
  CROSS JOIN LATERAL (
    SELECT there.at FROM recovery.erasure_mark AS there
    WHERE there.mark = list.mark AND there.has_ref = decides.ref ORDER BY there.at DESC LIMIT 1
  ) AS newest;
END $$;

REVOKE ALL ON FUNCTION recovery.erasure_mark_of(bytea), recovery.count_erasures(bigint, bigint),
  recovery.add_erasure(text, text[]), recovery.ask_erased(bytea[]), recovery.find_erased(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recovery.add_erasure(text, text[]) TO recovery_agent, recovery_reviewer;
GRANT EXECUTE ON FUNCTION recovery.ask_erased(bytea[]), recovery.find_erased(bigint)
  TO recovery_agent, recovery_reviewer, recovery_publisher;

-- Marks of before have a salt that stands beside them. They are read as before; nobody adds any but by the function.
REVOKE INSERT ON recovery.erasure FROM recovery_agent, recovery_reviewer;
REVOKE INSERT (desk, owner, mark) ON recovery.erasure FROM recovery_agent, recovery_reviewer;
DROP POLICY add ON recovery.erasure;
