import type { Messages } from '../speak.ts';

export const credits: Messages = {
  'Your credits': 'Deine Credits',
  '{0} did not load': '{0}: nicht geladen',
  'Loading the credits': 'Credits werden geladen',
  'Balance now': 'Guthaben jetzt',
  'Balance on {0}': 'Guthaben am {0}',
  '{0} plan · {1}': 'Tarif {0} · {1}',
  'Before the first event': 'Vor dem ersten Ereignis',
  'Event {0} of {1}': 'Ereignis {0} von {1}',
  'Nothing has happened yet': 'Noch ist nichts passiert',
  'Every press and every refill will stand here.':
    'Jeder Druck und jede Auffüllung steht dann hier.',
  'Nothing to pay': 'Nichts zu bezahlen',
  'On this plan nothing is charged, so nothing stands here.':
    'In diesem Tarif wird nichts berechnet, also steht hier nichts.',
  'presses cost nothing': 'Drücken kostet nichts',
  'next refill {0}': 'nächste Auffüllung {0}',
  'Every balance here is replayed from the log. Pick a moment and see what it was, and why.':
    'Jedes Guthaben hier wird aus dem Protokoll nachgerechnet. Wähle einen Zeitpunkt und sieh, wie hoch es war und warum.',
  'What happened': 'Was geschah',
  'What happened around then': 'Was um diese Zeit geschah',
  '{0} {1}': '{0}. {1}',
  Refused: 'Abgelehnt',
  Proof: 'Beweis',
  'Checks the hash chain of the log, and that every ledger replays to its balance.':
    'Prüft die Hash-Kette des Protokolls und ob jedes Konto sein Guthaben ergibt.',
  'Verifying…': 'Prüft …',
  Verify: 'Prüfen',
  'Events checked': 'Geprüfte Ereignisse',
  '{0} of {1} events': '{0} von {1} Ereignissen',
  'Not verified.': 'Nicht geprüft.',
  'Valid.': 'Gültig.',
  'All {0} events and every balance match.': 'Alle {0} Ereignisse und jedes Guthaben stimmen.',
  'Hash {0}': 'Hash {0}',
  'Broken at event {0}.': 'Gebrochen bei Ereignis {0}.',
  'The log does not hold from there.': 'Ab da stimmt das Protokoll nicht.',
};
