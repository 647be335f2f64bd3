import type { SettingName, Settings } from './contract.ts';

export type SettingChosen<Name extends SettingName = SettingName> = Name extends SettingName
  ? { type: 'SettingChosen'; data: { name: Name; value: Settings[Name] } }
  : never;

/** Stream `settings-household`; who chose stands in the event's metadata. */
export type HouseholdEvent = SettingChosen;

export const householdStream = 'settings-household';
