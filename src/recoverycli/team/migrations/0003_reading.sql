-- What the questions to a desk's own index need of a database that is asked the same.

-- Where a text begins in another, 0 where it does not: SQLite knows it by this name.
CREATE FUNCTION recovery.instr(text, text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE RETURN pg_catalog.strpos($1, $2);

-- How many calls there are, and how many words in all, weighs a search: an index with both spares a look at each call.
CREATE INDEX call_size ON recovery.call (owner) INCLUDE (words_count);
-- What is overdue is counted for each call of a list.
CREATE INDEX commitment_call ON recovery.commitment (call) WHERE done IS NULL;
