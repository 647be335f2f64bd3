import type { PlaylistRules } from './contract.ts';

const dayMs = 24 * 60 * 60_000;

/** Entry ids of a list that follows rules: the sound names its only entry. */
const ruleEntryPrefix = 'rule-';

/**
 * The sounds that fit, each a condition that a null value switches off. Kept in one statement, so
 * that it is prepared once. Tags have one spelling; those of a sound are parsed only where their
 * text holds the tag. Of equals the one with the smaller id comes first.
 */
export const ruleEntriesSql = `
  WITH any_of AS MATERIALIZED (
    SELECT value, json_quote(value) AS quoted FROM json_each(:tags_any)),
  all_of AS MATERIALIZED (
    SELECT value, json_quote(value) AS quoted FROM json_each(:tags_all))
  SELECT '${ruleEntryPrefix}' || id AS entry_id, id, type, name, duration_ms, tags, missing
  FROM sounds
  WHERE missing = 0 AND removed_at IS NULL
    AND (:types IS NULL OR type IN (SELECT value FROM json_each(:types)))
    AND (:tags_any IS NULL OR EXISTS (
      SELECT 1 FROM any_of WHERE instr(tags, quoted) > 0
        AND any_of.value IN (SELECT value FROM json_each(tags))))
    AND (:tags_all IS NULL OR NOT EXISTS (
      SELECT 1 FROM all_of WHERE instr(tags, quoted) = 0
        OR all_of.value NOT IN (SELECT value FROM json_each(tags))))
    AND (:favourites_of IS NULL OR EXISTS (
      SELECT 1 FROM favourites WHERE user_id = :favourites_of AND sound_id = sounds.id))
    AND (:added_since IS NULL OR created_at >= :added_since)
    AND (:plays_min IS NULL OR play_count >= :plays_min)
  ORDER BY
    CASE :sort WHEN 'name' THEN name END COLLATE NOCASE,
    CASE :sort WHEN 'plays' THEN -play_count WHEN 'recent' THEN -created_at
      WHEN 'duration' THEN duration_ms END,
    id
  LIMIT :entries_max`;

const list = (values: readonly string[] | undefined): string | null =>
  values ? JSON.stringify(values) : null;

/** Values of `ruleEntriesSql`; `now` in milliseconds since the epoch. */
export const ruleValues = (
  rules: PlaylistRules,
  ownerId: string | null,
  now: number,
): Record<string, unknown> => ({
  types: list(rules.types),
  tags_any: list(rules.tags_any),
  tags_all: list(rules.tags_all),
  favourites_of: rules.favourites ? (ownerId ?? '') : null,
  added_since: rules.added_within_days === undefined ? null : now - rules.added_within_days * dayMs,
  plays_min: rules.plays_min ?? null,
  sort: rules.sort,
  entries_max: rules.entries_max,
});
