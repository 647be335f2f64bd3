import type { QuietHours, QuietState, Setting } from '../../server/household/contract.ts';

export const someQuietHours = (part: Partial<QuietHours> = {}): QuietHours => ({
  enabled: true,
  from: '22:00',
  to: '07:00',
  days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
  board: 'refuse',
  jukebox: 'lower',
  volume_cap: 30,
  gain_cap_db: -12,
  admins_pass: false,
  alarms_pass: true,
  ...part,
});

export const aQuietState = (part: Partial<QuietState> = {}): QuietState => ({
  quiet: false,
  until: null,
  next_at: null,
  board: 'refuse',
  jukebox: 'lower',
  admins_pass: false,
  ...part,
});

/** A setting as the registry lists it; never chosen, so the default holds. */
export const aSetting = (name: Setting['name'], value: unknown): Setting => ({
  name,
  value,
  default: value,
  explanation: `What ${name} is for.`,
  chosen_at: null,
  chosen_by: null,
});

export const someSettings = (): Setting[] => [
  aSetting('resume_after_power_cut', false),
  aSetting('ducking_depth_db', 12),
  aSetting('ducking_attack_ms', 150),
  aSetting('ducking_release_ms', 400),
  aSetting('announcements', 'duck'),
  aSetting('crossfade_ms', 0),
  aSetting('quiet_hours', someQuietHours()),
  aSetting('volume_max', 100),
];
