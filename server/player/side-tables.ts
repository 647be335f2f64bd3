/**
 * The place in the track, kept again and again while it plays: where to go on after a crash. Not a
 * fact, and so neither in the log nor in a read model.
 */
export const playerSideTables = `
CREATE TABLE IF NOT EXISTS player_places (
  room TEXT PRIMARY KEY,
  track_id TEXT NOT NULL,
  position_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
