import type { SettingName, Settings } from './contract.ts';

type Entry<Name extends SettingName> = {
  readonly default: Settings[Name];
  readonly explanation: string;
};

/** Every setting of the household: what holds until somebody chooses, and what it is for. */
export const registry: { readonly [Name in SettingName]: Entry<Name> } = {
  resume_after_power_cut: {
    default: false,
    explanation: 'Music that played before a power cut or a crash goes on by itself.',
  },
  ducking_depth_db: {
    default: 12,
    explanation: 'By how much the music steps back while a sound of the board plays.',
  },
  ducking_attack_ms: {
    default: 150,
    explanation: 'How long the music takes to step back.',
  },
  ducking_release_ms: {
    default: 400,
    explanation: 'How long the music takes to come back after the last sound.',
  },
  announcements: {
    default: 'duck',
    explanation: 'What the music does under speech and sounds tagged “announcement”.',
  },
  crossfade_ms: {
    default: 0,
    explanation: 'How long a track and the one that follows overlap.',
  },
  quiet_hours: {
    default: {
      enabled: false,
      from: '22:00',
      to: '07:00',
      days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'],
      board: 'refuse',
      jukebox: 'lower',
      volume_cap: 30,
      gain_cap_db: -12,
      admins_pass: false,
      alarms_pass: true,
    },
    explanation: 'When the box is quiet, and what the board and the jukebox may do then.',
  },
  volume_max: {
    default: 100,
    explanation: 'The music is never louder than this, whatever volume is chosen.',
  },
};

export const settingNames = Object.keys(registry) as SettingName[];
