/**
 * What devices last said: levels, press counters, when they were heard. Not facts, and so neither in
 * the log nor in a read model; kept, because a restart is no press.
 */
export const bindingsSideTables = `
CREATE TABLE IF NOT EXISTS binding_notes (
  subject TEXT NOT NULL,
  topic TEXT NOT NULL,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (subject, topic, kind)
) STRICT, WITHOUT ROWID;
`;
