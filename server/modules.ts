import { audit, type AuditPorts } from './audit/index.ts';
import { backups, type BackupsPorts } from './backups/index.ts';
import { bindings, type BindingsPorts } from './bindings/index.ts';
import { boards } from './boards/index.ts';
import { credits, type CreditsPorts } from './credits/index.ts';
import { extractions, type ExtractionsPorts } from './extractions/index.ts';
import { homeAssistant, type HomeAssistantPorts } from './home-assistant/index.ts';
import { household, type HouseholdPorts } from './household/index.ts';
import type { Module } from './kernel/module.ts';
import { mqtt, type MqttPorts } from './mqtt/index.ts';
import { presenceModule, type PresencePorts } from './presence/index.ts';
import { playlists } from './playlists/index.ts';
import { player, type PlayerPorts } from './player/index.ts';
import { schedules, type SchedulesPorts } from './schedules/index.ts';
import { soundboard, type SoundboardPorts } from './soundboard/index.ts';
import { sounds, type SoundsPorts } from './sounds/index.ts';
import { speech, type SpeechPorts } from './speech/index.ts';
import { users, type UsersPorts } from './users/index.ts';

/** What all rooms together need of the outside world. */
export type ModulePorts = UsersPorts &
  CreditsPorts &
  HouseholdPorts &
  SoundsPorts &
  SoundboardPorts &
  SpeechPorts &
  ExtractionsPorts &
  PresencePorts &
  PlayerPorts &
  SchedulesPorts &
  MqttPorts &
  HomeAssistantPorts &
  BindingsPorts &
  AuditPorts &
  BackupsPorts;

/** Every room of the house; they start in this order and stop in the reverse. */
export const modules: readonly Module<ModulePorts>[] = [
  users,
  credits,
  household,
  sounds,
  playlists,
  boards,
  player,
  soundboard,
  speech,
  extractions,
  schedules,
  bindings,
  presenceModule,
  mqtt,
  homeAssistant,
  audit,
  backups,
];
