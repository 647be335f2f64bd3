import { msg, str } from '@lit/localize';
import { html, nothing, type TemplateResult } from 'lit';
import type { Playlist } from '../../server/playlists/contract.ts';
import '../design/menu.ts';
import type { MenuChoiceEvent } from '../design/menu.ts';
import { playerIcons } from '../player/player-icons.ts';
import { cover } from './cover.ts';
import type { Entry } from './entries.ts';
import { listEntries } from './list-menu.ts';
import { playlistIcons } from './playlist-icons.ts';
import { badges, sizeWords } from './playlist-words.ts';

type Options = {
  list: Playlist;
  entries: readonly Entry[];
  waveforms: Readonly<Record<string, string>>;
  /** Whether this person may do more than look; and put sounds into it. */
  control: boolean;
  mayFill: boolean;
  play: () => void;
  add: () => void;
  choose: (id: string) => void;
};

/** The head of one playlist: what it is, and what can be done with the whole of it. */
export const playlistTop = (options: Options): TemplateResult => {
  const { list, control, mayFill } = options;
  const sounds = options.entries.slice(0, 4).map((entry) => entry.sound);
  return html`<div class="top">
    <a class="back" href="/playlists">${playlistIcons.back}${msg('Playlists')}</a>
    ${cover(sounds, options.waveforms)}
    <div class="about">
      <h1>${list.name}</h1>
      ${list.description ? html`<p>${list.description}</p>` : nothing}
      <p>${sizeWords(list)}</p>
      <span class="badges">${badges(list)}</span>
    </div>
    <div class="tools">
      ${
        control
          ? html`<button
              type="button"
              class="button primary"
              ?disabled=${list.length === 0}
              @click=${options.play}
            >
              ${playerIcons.play}${msg('Play')}
            </button>`
          : nothing
      }
      ${
        mayFill
          ? html`<button type="button" class="button" @click=${options.add}>
              ${playlistIcons.plus}${msg('Add sounds')}
            </button>`
          : nothing
      }
      <enc-menu
        label=${msg(str`More for ${list.name}`)}
        .entries=${listEntries(list, control)}
        @enc-menu-choice=${({ id }: MenuChoiceEvent) => options.choose(id)}
      ></enc-menu>
    </div>
  </div>`;
};
