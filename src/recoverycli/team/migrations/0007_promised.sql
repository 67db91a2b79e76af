-- The date by which a promise is judged: its first one, or the one that the customer agreed to. A task has its due time.
ALTER TABLE recovery.commitment ADD COLUMN promised bigint;

-- Nobody could record an agreement before, so of calls that are there it is the first, as the call was pushed.
UPDATE recovery.commitment SET promised = due;
UPDATE recovery.commitment AS bound
SET promised = (recovery.moment(entry ->> 'due')).micros
FROM recovery.call, jsonb_array_elements(call.document -> 'promises') AS entry
WHERE bound.kind = 'promise' AND call.started = bound.started AND call.key = bound.call AND entry ->> 'id' = bound.item;

ALTER FUNCTION recovery.put_parts(recovery.call) RENAME TO put_rows;
CREATE FUNCTION recovery.put_parts(made recovery.call) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  changes jsonb := recovery.changes_of(made.id, made.document);
  today jsonb := recovery.current_values(made.document, changes);
BEGIN
  PERFORM recovery.put_rows(made);
  UPDATE recovery.commitment AS bound SET promised = CASE bound.kind WHEN 'task' THEN bound.due ELSE coalesce(
    (
      SELECT (recovery.moment(change ->> 'new')).micros
      FROM jsonb_array_elements(changes) WITH ORDINALITY AS list (change, number)
      WHERE change ->> 'field' = 'promises.' || bound.item || '.agreed'
        AND (change ->> 'new' IS NULL OR (recovery.moment(change ->> 'new')).iso IS NOT NULL)
      ORDER BY number DESC LIMIT 1
    ),
    (
      SELECT (recovery.moment(one ->> 'due')).micros FROM jsonb_array_elements(today -> 'promises') AS one
      WHERE one ->> 'id' = bound.item LIMIT 1
    )
  ) END
  WHERE bound.call = made.key;
END $$;
REVOKE ALL ON FUNCTION recovery.put_parts(recovery.call) FROM PUBLIC;
