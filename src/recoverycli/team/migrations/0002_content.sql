-- What a team publishes: frameworks, scenarios, wording, remedies and a scorecard, one row a version, for good.
--
-- A publisher adds versions and says which is current; every desk reads both. Nobody changes or removes a row: going
-- back to an earlier version is a row more in `content_current`. Number, moment and publisher are the database's own
-- word. `files` is a packet (recoverycli.team.content), which every desk looks through again before it uses it.
CREATE TABLE recovery.content (
  version integer PRIMARY KEY CHECK (version BETWEEN 1 AND 999999999),
  format integer NOT NULL CHECK (format >= 1),
  note text COLLATE "C" NOT NULL DEFAULT '' CHECK (char_length(note) <= 500),
  digest text COLLATE "C" NOT NULL CHECK (octet_length(digest) <= 200),
  manifest jsonb NOT NULL CHECK (octet_length(manifest::text) <= 200000),
  files bytea NOT NULL CHECK (octet_length(files) <= 12582912),
  published_at timestamptz NOT NULL DEFAULT now(),
  publisher text COLLATE "C" NOT NULL DEFAULT current_user
);

-- The newest row says which version is current.
CREATE TABLE recovery.content_current (
  key bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  version integer NOT NULL REFERENCES recovery.content (version),
  at timestamptz NOT NULL DEFAULT now(),
  publisher text COLLATE "C" NOT NULL DEFAULT current_user
);

-- Numbers without a gap, whoever publishes at the same moment.
CREATE FUNCTION recovery.number_content() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('recovery.content', 0));
  NEW.version := (SELECT coalesce(max(version), 0) + 1 FROM recovery.content);
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION recovery.number_content() FROM PUBLIC;
CREATE TRIGGER number BEFORE INSERT ON recovery.content FOR EACH ROW EXECUTE FUNCTION recovery.number_content();

ALTER TABLE recovery.content ENABLE ROW LEVEL SECURITY;
ALTER TABLE recovery.content_current ENABLE ROW LEVEL SECURITY;

GRANT SELECT ON recovery.content, recovery.content_current TO recovery_agent, recovery_reviewer, recovery_publisher;
GRANT INSERT (format, note, digest, manifest, files) ON recovery.content TO recovery_publisher;
GRANT INSERT (version) ON recovery.content_current TO recovery_publisher;

CREATE POLICY read ON recovery.content FOR SELECT TO recovery_agent, recovery_reviewer, recovery_publisher
  USING (true);
CREATE POLICY read ON recovery.content_current FOR SELECT TO recovery_agent, recovery_reviewer, recovery_publisher
  USING (true);
CREATE POLICY publish ON recovery.content FOR INSERT TO recovery_publisher WITH CHECK (publisher = current_user);
CREATE POLICY publish ON recovery.content_current FOR INSERT TO recovery_publisher WITH CHECK (publisher = current_user);
