-- What the questions to a desk's own index need of a database that is asked the same.

-- Where a text begins in another, 0 where it does not: SQLite knows it by this name.
CREATE FUNCTION recovery.instr(text, text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN pg_catalog.strpos($1, $2);

-- Which kinds of calls there are is counted over all of them: without these columns nothing has to be looked up.
CREATE INDEX call_size ON recovery.call (owner) INCLUDE (words_count);
CREATE INDEX commitment_call ON recovery.commitment (call) WHERE done IS NULL;
