-- The customer's answer to an offer: accepted, refused, or null where none is known.
ALTER TABLE recovery.offer ADD COLUMN answer text COLLATE "C";
