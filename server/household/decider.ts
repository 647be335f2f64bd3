import { accepted, unreachable, type Decider } from '../kernel/decider.ts';
import type { SettingName, Settings } from './contract.ts';
import type { HouseholdEvent } from './events.ts';

/** Values are whole and valid; what is left out stays. */
export type HouseholdCommand = { type: 'ChooseSettings'; values: Partial<Settings> };

/** Setting → its value as text, so that values of any shape compare. */
type HouseholdState = Readonly<Partial<Record<SettingName, string>>>;

/** Keys in one order, whatever order they were sent in. */
const asText = (value: Settings[SettingName]): string =>
  JSON.stringify(
    typeof value === 'object'
      ? Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
      : value,
  );

/** What the household has chosen; choosing what holds already is no news. */
export const householdDecider: Decider<HouseholdState, HouseholdCommand, HouseholdEvent, never> = {
  initialState: () => ({}),

  decide(command, state) {
    switch (command.type) {
      case 'ChooseSettings': {
        const chosen = Object.entries(command.values) as [SettingName, Settings[SettingName]][];
        const events = chosen
          .filter(([name, value]) => asText(value) !== state[name])
          .map(([name, value]) => ({ type: 'SettingChosen', data: { name, value } }));
        return accepted(...(events as HouseholdEvent[]));
      }
      default:
        return unreachable(command.type);
    }
  },

  evolve: (state, { data }) => ({ ...state, [data.name]: asText(data.value) }),
};
