-- Figures belong to who made them: what is counted is derived here from the stored transcript, by functions of the
-- owner's. Agents have no right to a table but to read their own rows: they cannot write a figure, a name or a review
-- by SQL, and cannot lock a table (LOCK TABLE needs a right to write the whole table).
--
-- The functions follow `store/index/values.py`; tests/team/test_derived.py compares both. The words for a search are
-- those of the desk: PostgreSQL does not split words as the desk does. They are searched for, never counted.

-- Whoever is connected, also within a function that runs as the owner. SET ROLE needs the right to that role.
CREATE FUNCTION recovery.caller() RETURNS text LANGUAGE sql STABLE
RETURN CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END;

CREATE FUNCTION recovery.refuse(why text) RETURNS void LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = why, ERRCODE = 'data_exception';
END $$;

-- A JSON document. jsonb cannot hold NUL: the mark of an unreadable letter takes its place.
CREATE FUNCTION recovery.as_document(bytes bytea) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  written text := convert_from(bytes, 'UTF8');
BEGIN
  IF strpos(written, '\u0000') > 0 THEN
    -- After an even number of backslashes only: the text \u0000 itself is written \\u0000.
    written := regexp_replace(written, '(?<!\\)((?:\\\\)*)\\u0000', '\1\\ufffd', 'g');
  END IF;
  RETURN written::jsonb;
END $$;

-- A time of RFC 3339 as Python writes it, and in microseconds since 1970; nothing where it is none.
CREATE FUNCTION recovery.moment(told text, OUT iso text, OUT micros bigint) LANGUAGE plpgsql STABLE AS $$
DECLARE
  part text[] := regexp_match(
    told, '^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(\.\d+)?(?:[Zz]|([+-])(\d\d):?(\d\d))$'
  );
  wall timestamp;
  shift bigint := 0;
BEGIN
  IF part IS NULL OR left(part[1], 4) NOT BETWEEN '1000' AND '8999' THEN
    RETURN;
  END IF;
  wall := (part[1] || ' ' || part[2] || coalesce(part[3], ''))::timestamp;
  IF part[4] IS NOT NULL THEN
    shift := (part[4] || '1')::integer * (part[5]::integer * 60 + part[6]::integer);
  END IF;
  micros := (extract(epoch FROM wall) * 1000000)::bigint - shift * 60000000;
  iso := to_char(wall, 'YYYY-MM-DD"T"HH24:MI:SS')
    || CASE to_char(wall, 'US') WHEN '000000' THEN '' ELSE '.' || to_char(wall, 'US') END
    || CASE WHEN shift = 0 THEN '+00:00' ELSE part[4] || part[5] || ':' || part[6] END;
EXCEPTION WHEN datetime_field_overflow OR invalid_datetime_format THEN
  iso := NULL;
  micros := NULL;
END $$;

-- A text of a document; an error where it is something else.
CREATE FUNCTION recovery.text_at(document jsonb, field text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF coalesce(jsonb_typeof(document -> field), 'null') NOT IN ('string', 'null') THEN
    PERFORM recovery.refuse('not a text: ' || field);
  END IF;
  RETURN document ->> field;
END $$;

-- A word from a list, such as an outcome.
CREATE FUNCTION recovery.word_at(document jsonb, field text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  word text := recovery.text_at(document, field);
BEGIN
  IF word !~ '^[a-z][a-z-]{0,29}$' THEN
    PERFORM recovery.refuse('not a word from a list: ' || field);
  END IF;
  RETURN word;
END $$;

-- A number within bounds.
CREATE FUNCTION recovery.number_at(document jsonb, field text, fewest double precision, most double precision)
RETURNS double precision LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  number double precision;
BEGIN
  IF coalesce(jsonb_typeof(document -> field), 'null') = 'null' THEN
    RETURN NULL;
  END IF;
  IF jsonb_typeof(document -> field) <> 'number' THEN
    PERFORM recovery.refuse('not a number: ' || field);
  END IF;
  number := (document ->> field)::double precision;
  IF number NOT BETWEEN fewest AND most THEN
    PERFORM recovery.refuse(format('%s is out of bounds: %s', field, number));
  END IF;
  RETURN number;
END $$;

CREATE FUNCTION recovery.list_at(document jsonb, field text) RETURNS jsonb LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  IF coalesce(jsonb_typeof(document -> field), 'array') <> 'array' THEN
    PERFORM recovery.refuse('not a list: ' || field);
  END IF;
  RETURN coalesce(document -> field, '[]');
END $$;

-- Words without case, each once, in their order: |a|b|.
CREATE FUNCTION recovery.set_of(words text[]) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT '|' || string_agg(word, '|' ORDER BY first) || '|' FROM (
    SELECT recovery.fold_case(one) AS word, min(place) AS first
    FROM unnest(words) WITH ORDINALITY AS listed (one, place) GROUP BY 1
  ) AS folded
$$;

-- Whether something that an amendment adds to a list has the fields of one.
CREATE FUNCTION recovery.fits_list(listed text, added jsonb) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT jsonb_typeof(added) = 'object'
    AND (recovery.moment(added ->> 'at')).iso IS NOT NULL
    AND CASE listed
      WHEN 'promises' THEN jsonb_typeof(added -> 'id') = 'string' AND jsonb_typeof(added -> 'what') = 'string'
        AND coalesce(jsonb_typeof(added -> 'due_said'), 'null') IN ('string', 'null')
        AND (coalesce(added ->> 'due', '') = '' OR (recovery.moment(added ->> 'due')).iso IS NOT NULL)
      ELSE jsonb_typeof(added -> 'remedy') = 'string'
        AND coalesce(jsonb_typeof(added -> 'value'), 'null') IN ('number', 'null')
        AND coalesce(jsonb_typeof(added -> 'currency'), 'null') IN ('string', 'null')
        AND coalesce(jsonb_typeof(added -> 'within_authority'), 'null') IN ('boolean', 'null')
        AND coalesce(jsonb_typeof(added -> 'needs'), 'null') IN ('string', 'null')
        AND coalesce(jsonb_typeof(added -> 'id'), 'string') = 'string'
        AND coalesce(jsonb_typeof(added -> 'instead_of'), 'null') IN ('string', 'null')
        AND coalesce(jsonb_typeof(added -> 'why'), 'null') IN ('string', 'null')
        AND coalesce(added ->> 'answer', 'accepted') IN ('accepted', 'refused')
        AND (added ->> 'answered_at' IS NULL OR (recovery.moment(added ->> 'answered_at')).iso IS NOT NULL)
    END
$$;

-- What a transcript says today: the fields that amendments change. A value that does not fit is ignored.
CREATE FUNCTION recovery.current_values(document jsonb, changes jsonb) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  told jsonb := jsonb_build_object(
    'outcome', document -> 'outcome', 'issue', document -> 'issue', 'root_cause', document -> 'root_cause',
    'summary', document -> 'summary', 'name', document #> '{customer,name}', 'ref', document #> '{customer,ref}',
    'moods', recovery.list_at(document, 'moods'), 'offers', recovery.list_at(document, 'offers'),
    'promises', recovery.list_at(document, 'promises')
  );
  added jsonb := '{}';
  fields text[] := '{}';
  mood text;
  field text;
  value jsonb;
  listed text;
BEGIN
  FOR field, value IN
    SELECT one ->> 'field', coalesce(one -> 'new', 'null') FROM jsonb_array_elements(changes) AS one
  LOOP
    IF field IN ('issue', 'root_cause', 'summary', 'customer.name', 'customer.ref') THEN
      IF jsonb_typeof(value) IN ('string', 'null') THEN
        told := jsonb_set(told, ARRAY[replace(field, 'customer.', '')], value);
      END IF;
    ELSIF field = 'outcome' THEN
      IF value = 'null' OR value #>> '{}' IN ('resolved', 'partly-resolved', 'escalated', 'callback', 'unresolved') THEN
        told := jsonb_set(told, '{outcome}', value);
      END IF;
    ELSIF field = 'mood' THEN
      IF value = 'null' OR value #>> '{}' IN ('calm', 'anxious', 'upset', 'angry') THEN
        mood := value #>> '{}';
      END IF;
    ELSIF field ~ '^(offers|promises)\.[1-9][0-9]{0,3}$' THEN
      IF value = 'null' OR recovery.fits_list(split_part(field, '.', 1), value) THEN
        IF NOT added ? field THEN
          fields := fields || field;
        END IF;
        added := added || jsonb_build_object(field, value);
      END IF;
    END IF;
  END LOOP;
  IF mood IS NOT NULL THEN
    told := jsonb_set(told, '{moods}', (told -> 'moods') || jsonb_build_array(jsonb_build_object('mood', mood)));
  END IF;
  FOREACH field IN ARRAY fields LOOP
    IF added -> field <> 'null' THEN
      listed := split_part(field, '.', 1);
      told := jsonb_set(told, ARRAY[listed], (told -> listed) || jsonb_build_array(added -> field));
    END IF;
  END LOOP;
  RETURN told;
END $$;

-- All amendments of a call: those of its transcript, then those that came after it.
CREATE FUNCTION recovery.changes_of(name text, document jsonb) RETURNS jsonb LANGUAGE sql STABLE AS $$
  SELECT recovery.list_at(document, 'amendments') || coalesce(
    (SELECT jsonb_agg(jsonb_build_object('field', field, 'new', new) ORDER BY place) FROM recovery.amendment
      WHERE call = name AND place >= jsonb_array_length(recovery.list_at(document, 'amendments'))),
    '[]'
  )
$$;

-- False where the figures are those of a desk that keeps the words to itself: no transcript stands behind them.
ALTER TABLE recovery.call ADD COLUMN verified boolean NOT NULL DEFAULT false;

-- Fills in the columns that follow from `raw` and the amendments. The agent is the role that pushed the call, beside
-- the name that was typed. `told` has owner, raw, share.
CREATE FUNCTION recovery.with_figures(told recovery.call) RETURNS recovery.call LANGUAGE plpgsql STABLE AS $$
DECLARE
  made recovery.call := told;
  document jsonb := recovery.as_document(told.raw);
  today jsonb;
  steps jsonb := recovery.list_at(document, 'steps');
  opened jsonb;
  began record;
  typed text := recovery.text_at(document, 'agent');
BEGIN
  IF jsonb_typeof(document) <> 'object' OR document -> 'schema' <> '1' THEN
    PERFORM recovery.refuse('not a transcript');
  END IF;
  made.id := recovery.text_at(document, 'id');
  today := recovery.current_values(document, recovery.changes_of(made.id, document));
  began := recovery.moment(recovery.text_at(document, 'started_at'));
  made.digest := encode(sha256(told.raw), 'hex');
  made.document := document;
  made.verified := told.share <> 'numbers';
  made.started := began.micros;
  made.started_at := began.iso;
  made.ended_at := (recovery.moment(recovery.text_at(document, 'ended_at'))).iso;
  IF made.id IS NULL OR made.started IS NULL OR made.ended_at IS NULL THEN
    PERFORM recovery.refuse('not a transcript');
  END IF;
  -- A month without its pauses is longer than any call.
  made.seconds := recovery.number_at(document, 'seconds', 0, 2678400);
  made.day := left(began.iso, 10);
  made.weekday := extract(isodow FROM made.day::date) - 1;
  made.hour := substr(began.iso, 12, 2)::integer;
  made.state := recovery.word_at(document, 'state');
  made.kind := recovery.word_at(document, 'kind');
  made.framework := recovery.text_at(document -> 'framework', 'id');
  made.framework_name := recovery.text_at(document -> 'framework', 'name');
  made.entered := recovery.set_of(made.framework || ARRAY(
    SELECT one ->> 'to' FROM jsonb_array_elements(recovery.list_at(document, 'switches'))
    WITH ORDINALITY AS list (one, place) ORDER BY place
  ));
  made.agent := CASE WHEN typed IS NULL THEN told.owner ELSE format('%s (%s)', typed, told.owner) END;
  made.channel := recovery.word_at(document, 'channel');
  made.found_by := recovery.word_at(document, 'found_by');
  made.outcome := recovery.word_at(today, 'outcome');
  made.issue := recovery.text_at(today, 'issue');
  made.cause := recovery.text_at(today, 'root_cause');
  made.summary := recovery.text_at(today, 'summary');
  made.customer := recovery.text_at(today, 'name');
  made.ref := recovery.text_at(today, 'ref');
  made.mood_first := recovery.word_at(today #> '{moods,0}', 'mood');
  made.mood_last := recovery.word_at(today #> '{moods,-1}', 'mood');
  made.moods := recovery.set_of(ARRAY(
    SELECT recovery.word_at(one, 'mood') FROM jsonb_array_elements(today -> 'moods')
    WITH ORDINALITY AS list (one, place) ORDER BY place
  ));
  SELECT coalesce(jsonb_object_agg(one ->> 'id', 1), '{}') - made.framework INTO opened
  FROM jsonb_array_elements(recovery.list_at(document, 'cards')) AS one WHERE one ->> 'opened_at' IS NOT NULL;
  SELECT count(*) FILTER (WHERE one ->> 'status' = 'done'), count(*) INTO made.steps_done, made.steps_total
  FROM jsonb_array_elements(steps) AS one
  WHERE NOT opened ? (one ->> 'framework') AND coalesce(one -> 'off_way', 'false') <> 'true';
  made.promises := jsonb_array_length(today -> 'promises');
  made.agent_folded := recovery.fold_case(made.agent);
  made.issue_folded := recovery.fold_case(made.issue);
  made.customer_folded := recovery.fold_case(made.customer);
  made.ref_folded := recovery.fold_case(made.ref);
  RETURN made;
END $$;

-- Kinds of steps that are not known yet. Each role may add so many: all of a company's frameworks are a tenth of it.
ALTER TABLE recovery.step_kind ADD COLUMN owner text COLLATE "C" NOT NULL DEFAULT '';
CREATE INDEX step_kind_owner ON recovery.step_kind (owner);
-- A push calls it before its first call: two that have written and then wait for each other would never end. Nobody
-- waits long for one who adds the same and does not finish.
CREATE FUNCTION recovery.add_kinds(steps jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  fresh integer;
BEGIN
  INSERT INTO recovery.step_kind (framework, id, name, intent, phase, owner)
  SELECT DISTINCT
    one ->> 'framework', one ->> 'id', one ->> 'name', one ->> 'intent', one ->> 'phase', recovery.caller()
  FROM jsonb_array_elements(steps) AS one WHERE NOT EXISTS (
    SELECT FROM recovery.step_kind AS there WHERE (there.framework, there.id, there.name, there.intent, there.phase)
      = (one ->> 'framework', one ->> 'id', one ->> 'name', one ->> 'intent', one ->> 'phase')
  )
  -- In one order, so that two desks do not wait for each other.
  ORDER BY 1, 2, 3, 4, 5 ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS fresh = ROW_COUNT;
  IF fresh > 0 AND (SELECT count(*) FROM recovery.step_kind WHERE owner = recovery.caller()) > 5000 THEN
    RAISE 'this role has added too many kinds of steps' USING ERRCODE = 'program_limit_exceeded';
  END IF;
END $$;

-- The steps, offers, promises and tasks of a call.
CREATE FUNCTION recovery.put_parts(made recovery.call) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changes jsonb := recovery.changes_of(made.id, made.document);
  today jsonb := recovery.current_values(made.document, changes);
  steps jsonb := recovery.list_at(made.document, 'steps');
  tasks jsonb := CASE made.state WHEN 'finished' THEN recovery.list_at(made.document, 'tasks') ELSE '[]' END;
BEGIN
  PERFORM recovery.add_kinds(steps);
  INSERT INTO recovery.step (call, started, owner, place, kind, status, visits, seconds, own, read_out)
  SELECT made.key, made.started, made.owner, place - 1, kind.key,
    CASE one ->> 'status' WHEN 'done' THEN 0 WHEN 'skipped' THEN 1 WHEN 'open' THEN 2 END,
    jsonb_array_length(recovery.list_at(one, 'visits')), recovery.number_at(one, 'seconds', 0, 2678400),
    said.own, jsonb_array_length(recovery.list_at(one, 'said')) - said.own
  FROM jsonb_array_elements(steps) WITH ORDINALITY AS list (one, place)
  JOIN recovery.step_kind AS kind ON (kind.framework, kind.id, kind.name, kind.intent, kind.phase)
    = (one ->> 'framework', one ->> 'id', one ->> 'name', one ->> 'intent', one ->> 'phase')
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE words ->> 'phrase' IS NULL) AS own
    FROM jsonb_array_elements(recovery.list_at(one, 'said')) AS words
  ) AS said;
  INSERT INTO recovery.offer (call, started, owner, place, remedy, remedy_folded, value, currency, "within", answer)
  SELECT made.key, made.started, made.owner, place - 1, recovery.text_at(one, 'remedy'),
    recovery.fold_case(recovery.text_at(one, 'remedy')), recovery.number_at(one, 'value', -1e12, 1e12),
    recovery.text_at(one, 'currency'), (one ->> 'within_authority')::boolean::integer, recovery.word_at(one, 'answer')
  FROM jsonb_array_elements(today -> 'offers') WITH ORDINALITY AS list (one, place);
  INSERT INTO recovery.commitment (call, started, owner, place, kind, item, what, due, done, satisfied)
  SELECT made.key, made.started, made.owner, row_number() OVER (ORDER BY bound.kind, bound.place) - 1, bound.kind,
    recovery.text_at(one, 'id'), recovery.text_at(one, 'what'),
    -- The newest of all times; the one of the transcript where there is none.
    CASE WHEN dues.newest IS NULL THEN (recovery.moment(one ->> 'due')).micros
      ELSE (recovery.moment(dues.newest #>> '{}')).micros END,
    (recovery.moment(done.newest #>> '{}')).micros,
    CASE jsonb_typeof(satisfied.newest) WHEN 'boolean' THEN (satisfied.newest #>> '{}')::boolean::integer END
  FROM (
    SELECT 'promise' AS kind, 'promises.' AS field, one, place
    FROM jsonb_array_elements(today -> 'promises') WITH ORDINALITY AS list (one, place)
    UNION ALL
    SELECT 'task', 'tasks.', one, place FROM jsonb_array_elements(tasks) WITH ORDINALITY AS list (one, place)
  ) AS bound
  CROSS JOIN LATERAL (SELECT bound.field || (one ->> 'id') AS path) AS entry
  CROSS JOIN LATERAL (SELECT (
    SELECT coalesce(change -> 'new', 'null') FROM jsonb_array_elements(changes) WITH ORDINALITY AS list (change, number)
    WHERE change ->> 'field' = path || '.due'
      AND (change ->> 'new' IS NULL OR (recovery.moment(change ->> 'new')).iso IS NOT NULL)
    ORDER BY number DESC LIMIT 1
  ) AS newest) AS dues
  CROSS JOIN LATERAL (SELECT (
    SELECT change -> 'new' FROM jsonb_array_elements(changes) WITH ORDINALITY AS list (change, number)
    WHERE change ->> 'field' = path || '.done_at' ORDER BY number DESC LIMIT 1
  ) AS newest) AS done
  CROSS JOIN LATERAL (SELECT (
    SELECT change -> 'new' FROM jsonb_array_elements(changes) WITH ORDINALITY AS list (change, number)
    WHERE change ->> 'field' = path || '.satisfied' ORDER BY number DESC LIMIT 1
  ) AS newest) AS satisfied;
END $$;

CREATE FUNCTION recovery.remove_parts(made_key bigint, moment bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM recovery.step WHERE started = moment AND call = made_key;
  DELETE FROM recovery.offer WHERE call = made_key;
  DELETE FROM recovery.commitment WHERE call = made_key;
END $$;

-- Puts the figures of a call that is there in the place of those before.
CREATE FUNCTION recovery.renew(made recovery.call) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE recovery.call SET (
      started_at, ended_at, seconds, weekday, hour, day, state, kind, framework, framework_name, entered, agent,
      channel, issue, customer, ref, found_by, mood_first, mood_last, moods, outcome, steps_done, steps_total, promises,
      summary, cause, agent_folded, issue_folded, customer_folded, ref_folded, digest, document, words, words_count,
      verified
    ) = (
      made.started_at, made.ended_at, made.seconds, made.weekday, made.hour, made.day, made.state, made.kind,
      made.framework, made.framework_name, made.entered, made.agent, made.channel, made.issue, made.customer, made.ref,
      made.found_by, made.mood_first, made.mood_last, made.moods, made.outcome, made.steps_done, made.steps_total,
      made.promises, made.summary, made.cause, made.agent_folded, made.issue_folded, made.customer_folded,
      made.ref_folded, made.digest, made.document, made.words, made.words_count, made.verified
    ) WHERE started = made.started AND id = made.id;
  PERFORM recovery.remove_parts(made.key, made.started);
  PERFORM recovery.put_parts(made);
END $$;

-- The row of a call that somebody sends.
CREATE FUNCTION recovery.row_to_put(bytes bytea, desk_id text, shared text, lexemes tsvector, lexeme_count integer)
RETURNS recovery.call LANGUAGE plpgsql AS $$
DECLARE
  made recovery.call;
BEGIN
  IF octet_length(bytes) > 67108864 OR octet_length(desk_id) > 200 OR lexeme_count NOT BETWEEN 0 AND 67108864
    OR shared NOT IN ('all', 'no-names', 'numbers') OR bytes IS NULL OR shared IS NULL THEN
    PERFORM recovery.refuse('too large, or not shared by a known rule');
  END IF;
  made.owner := recovery.caller();
  made.desk := desk_id;
  made.share := shared;
  made.raw := bytes;
  made.words := lexemes;
  made.words_count := lexeme_count;
  made.pushed_at := now();
  made := recovery.with_figures(made);
  IF NOT recovery.has_month(made.started) THEN
    PERFORM recovery.refuse('the database takes no calls of ' || left(made.day, 7) || ': is the clock wrong?');
  END IF;
  RETURN made;
END $$;

-- Adds a call of the caller's; false where its id is known already, whoever has it.
CREATE FUNCTION recovery.put_call(bytes bytea, desk_id text, shared text, lexemes tsvector, lexeme_count integer)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made recovery.call := recovery.row_to_put(bytes, desk_id, shared, lexemes, lexeme_count);
BEGIN
  INSERT INTO recovery.known (id, started, owner, desk, digest)
  VALUES (made.id, made.started, made.owner, made.desk, made.digest) ON CONFLICT DO NOTHING RETURNING key INTO made.key;
  IF made.key IS NULL THEN
    RETURN false;
  END IF;
  INSERT INTO recovery.call SELECT made.*;
  PERFORM recovery.put_parts(made);
  RETURN true;
END $$;

-- Puts a call of the caller's in the place of what there is of it: words of it were masked, or less or more of it is
-- shared. Its reviews stay. False where the caller has no call of that id and start.
CREATE FUNCTION recovery.replace_call(bytes bytea, desk_id text, shared text, lexemes tsvector, lexeme_count integer)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  name text := recovery.text_at(recovery.as_document(bytes), 'id');
  made recovery.call;
BEGIN
  DELETE FROM recovery.amendment WHERE call = name AND owner = recovery.caller();
  made := recovery.row_to_put(bytes, desk_id, shared, lexemes, lexeme_count);
  UPDATE recovery.known SET digest = made.digest
  WHERE id = name AND owner = made.owner AND started = made.started RETURNING key INTO made.key;
  IF made.key IS NULL THEN
    RETURN false;
  END IF;
  PERFORM recovery.remove_parts(made.key, made.started);
  DELETE FROM recovery.call WHERE started = made.started AND id = made.id;
  INSERT INTO recovery.call SELECT made.*;
  PERFORM recovery.put_parts(made);
  RETURN true;
END $$;

-- Adds amendments to a call of the caller's, from the place after those that it has: [{"at", "field", "old", "new"}].
CREATE FUNCTION recovery.amend_call(name text, place integer, changes jsonb, lexemes tsvector, lexeme_count integer)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  made recovery.call;
BEGIN
  SELECT call.* INTO made FROM recovery.known JOIN recovery.call ON call.started = known.started AND call.id = known.id
  WHERE known.id = name AND known.owner = recovery.caller() FOR UPDATE OF known;
  IF made.key IS NULL THEN
    RETURN false;
  END IF;
  IF place <> jsonb_array_length(recovery.changes_of(name, made.document)) THEN
    PERFORM recovery.refuse('its amendments are others');
  END IF;
  INSERT INTO recovery.amendment (call, place, at, field, old, new, owner)
  SELECT name, amend_call.place + number - 1, recovery.text_at(one, 'at'), recovery.text_at(one, 'field'),
    coalesce(one -> 'old', 'null'), coalesce(one -> 'new', 'null'), made.owner
  FROM jsonb_array_elements(changes) WITH ORDINALITY AS list (one, number);
  made.words := lexemes;
  made.words_count := lexeme_count;
  PERFORM recovery.renew(recovery.with_figures(made));
  RETURN true;
END $$;

-- A month can only be made at once, and without a lock on `known` that would stop every push, where its tables do not
-- refer to `known`. What a call has in them goes with the row of `known` all the same.
ALTER TABLE recovery.call DROP CONSTRAINT call_key_owner_started_fkey;
ALTER TABLE recovery.step DROP CONSTRAINT step_call_owner_started_fkey;
CREATE FUNCTION recovery.remove_months_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM recovery.step WHERE started = OLD.started AND call = OLD.key;
  DELETE FROM recovery.call WHERE started = OLD.started AND id = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER remove_months_rows AFTER DELETE ON recovery.known
  FOR EACH ROW EXECUTE FUNCTION recovery.remove_months_rows();

-- Deletes a call of the caller's, and everything of it.
CREATE FUNCTION recovery.remove_call(name text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM recovery.known WHERE id = name AND owner = recovery.caller();
  RETURN FOUND;
END $$;

-- Whether the role of a review had the right of a reviewer when it was written.
ALTER TABLE recovery.review ADD COLUMN by_reviewer boolean NOT NULL DEFAULT false;
UPDATE recovery.review SET by_reviewer = true WHERE reviewer IN (
  SELECT rolname::text FROM pg_roles WHERE pg_has_role(oid, 'recovery_reviewer', 'USAGE')
);

-- What the caller thinks of a call. A reviewer is who has that right; of themselves speaks who made the call.
CREATE FUNCTION recovery.put_review(name text, bytes bytea) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  written jsonb := recovery.as_document(bytes);
  owns boolean := EXISTS (SELECT FROM recovery.known WHERE id = name AND owner = recovery.caller());
  judges boolean := pg_has_role(recovery.caller(), 'recovery_reviewer', 'USAGE');
  ours integer;
  theirs integer;
BEGIN
  IF octet_length(bytes) > 4194304 OR recovery.text_at(written, 'call') IS DISTINCT FROM name THEN
    PERFORM recovery.refuse('not a review of that call');
  END IF;
  SELECT count(*) FILTER (WHERE one ->> 'role' = 'self'), count(*) FILTER (WHERE one ->> 'role' IS DISTINCT FROM 'self')
  INTO ours, theirs FROM jsonb_array_elements(recovery.list_at(written, 'assessments')) AS one;
  ours := ours + jsonb_array_length(recovery.list_at(written, 'disputes'));
  IF NOT (owns OR judges) OR (theirs > 0 AND NOT judges) OR (ours > 0 AND NOT owns) THEN
    RAISE 'a reviewer assesses with that right, and who made a call for themselves'
      USING ERRCODE = 'insufficient_privilege';
  END IF;
  INSERT INTO recovery.review (call, reviewer, document, raw, by_reviewer)
  VALUES (name, recovery.caller(), written, bytes, judges)
  ON CONFLICT (call, reviewer) DO UPDATE
  SET document = excluded.document, raw = excluded.raw, at = now(), by_reviewer = excluded.by_reviewer;
END $$;

CREATE FUNCTION recovery.remove_review(name text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM recovery.review WHERE call = name AND reviewer = recovery.caller();
END $$;

-- Months are made by the owner alone: for agents within ten years before today and a month after it, and few beyond,
-- since a clock may be wrong. A table that nobody else may lock takes the turns: advisory locks are everybody's.
CREATE TABLE recovery.turn (name text PRIMARY KEY);
INSERT INTO recovery.turn VALUES ('month'), ('content');
ALTER TABLE recovery.turn ENABLE ROW LEVEL SECURITY;

-- The first moment of a month in UTC.
CREATE FUNCTION recovery.month_of(moment bigint) RETURNS timestamp LANGUAGE sql IMMUTABLE
RETURN date_trunc('month', to_timestamp(moment / 1000000) AT TIME ZONE 'UTC');

CREATE FUNCTION recovery.is_near(month timestamp) RETURNS boolean LANGUAGE sql STABLE
RETURN month >= (now() AT TIME ZONE 'UTC') - interval '121 months'
  AND month <= (now() AT TIME ZONE 'UTC') + interval '1 month';

CREATE FUNCTION recovery.far_months() RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM pg_class
  WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'recovery') AND relname ~ '^call_\d{4}_\d\d$'
    AND NOT recovery.is_near(to_date(right(relname, 7), 'YYYY_MM')::timestamp)
$$;

CREATE FUNCTION recovery.has_month(moment bigint) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN moment < 946684800000000 OR moment >= 4102444800000000 THEN true ELSE EXISTS (
    SELECT FROM pg_class WHERE relname = 'call_' || to_char(recovery.month_of(moment), 'YYYY_MM')
      AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'recovery')
  ) END
$$;

CREATE OR REPLACE FUNCTION recovery.make_month(moment bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '2s' AS $$
DECLARE
  month timestamp;
  low bigint;
  high bigint;
  part text;
  name text;
  next bigint := moment;
BEGIN
  IF moment < 946684800000000 OR moment >= 4102444800000000 THEN
    RETURN;
  END IF;
  -- The next month is made with this one: on its first day nobody has to wait for it.
  IF recovery.month_of(moment) = date_trunc('month', now() AT TIME ZONE 'UTC') THEN
    next := extract(epoch FROM recovery.month_of(moment) + interval '1 month')::bigint * 1000000;
  END IF;
  IF recovery.has_month(moment) AND recovery.has_month(next) THEN
    RETURN;
  END IF;
  PERFORM FROM recovery.turn WHERE turn.name = 'month' FOR UPDATE;
  FOREACH moment IN ARRAY ARRAY[moment, next] LOOP
    month := recovery.month_of(moment);
    CONTINUE WHEN recovery.has_month(moment) OR NOT (recovery.is_near(month) OR recovery.far_months() < 24);
    low := extract(epoch FROM month)::bigint * 1000000;
    high := extract(epoch FROM month + interval '1 month')::bigint * 1000000;
    FOREACH part IN ARRAY ARRAY['step', 'call'] LOOP
      name := part || '_' || to_char(month, 'YYYY_MM');
      EXECUTE format('CREATE TABLE recovery.%I (LIKE recovery.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS)',
        name, part);
      EXECUTE format('ALTER TABLE recovery.%I ENABLE ROW LEVEL SECURITY', name);
      EXECUTE format('ALTER TABLE recovery.%I ATTACH PARTITION recovery.%I FOR VALUES FROM (%s) TO (%s)',
        part, name, low, high);
    END LOOP;
  END LOOP;
-- Another makes one at this moment and does not finish: calls of that month wait at their desk.
EXCEPTION WHEN lock_not_available THEN
  RETURN;
END $$;

CREATE OR REPLACE FUNCTION recovery.number_content() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM FROM recovery.turn WHERE turn.name = 'content' FOR UPDATE;
  NEW.version := (SELECT coalesce(max(version), 0) + 1 FROM recovery.content);
  RETURN NEW;
END $$;

-- Calls from before are counted anew from their transcripts. One that cannot be is reported and stays as it is.
DO $$
DECLARE
  old recovery.call;
  made recovery.call;
BEGIN
  FOR old IN SELECT * FROM recovery.call LOOP
    BEGIN
      made := recovery.with_figures(old);
      IF (made.id, made.started) IS DISTINCT FROM (old.id, old.started) THEN
        PERFORM recovery.refuse('it is the transcript of another call');
      END IF;
      PERFORM recovery.renew(made);
    EXCEPTION WHEN OTHERS THEN
      RAISE WARNING 'call % is not verified: %', old.id, SQLERRM;
    END;
  END LOOP;
END $$;

-- What agents and reviewers may do from now on: read, and call these functions.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA recovery FROM PUBLIC;
GRANT EXECUTE ON FUNCTION recovery.instr(text, text) TO recovery_agent, recovery_reviewer;
GRANT EXECUTE ON FUNCTION
  recovery.put_call(bytea, text, text, tsvector, integer), recovery.replace_call(bytea, text, text, tsvector, integer),
  recovery.amend_call(text, integer, jsonb, tsvector, integer), recovery.remove_call(text),
  recovery.add_kinds(jsonb) TO recovery_agent;
GRANT EXECUTE ON FUNCTION recovery.put_review(text, bytea), recovery.remove_review(text)
  TO recovery_agent, recovery_reviewer;
REVOKE INSERT, UPDATE, DELETE ON recovery.known, recovery.call, recovery.step, recovery.offer, recovery.commitment,
  recovery.amendment, recovery.review, recovery.step_kind FROM recovery_agent, recovery_reviewer;
DROP POLICY own ON recovery.known;
DROP POLICY own ON recovery.step;
DROP POLICY own ON recovery.offer;
DROP POLICY own ON recovery.commitment;
CREATE POLICY own_read ON recovery.known FOR SELECT TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_read ON recovery.step FOR SELECT TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_read ON recovery.offer FOR SELECT TO recovery_agent USING (owner = current_user::text);
CREATE POLICY own_read ON recovery.commitment FOR SELECT TO recovery_agent USING (owner = current_user::text);
DROP POLICY own_delete ON recovery.call;
DROP POLICY own_update ON recovery.call;
DROP POLICY own_insert ON recovery.call;
DROP POLICY own_delete ON recovery.amendment;
DROP POLICY own_insert ON recovery.amendment;
DROP POLICY add ON recovery.step_kind;
DROP POLICY own_insert ON recovery.review;
DROP POLICY reviewer_insert ON recovery.review;
DROP POLICY own_update ON recovery.review;
DROP POLICY own_delete ON recovery.review;
