import { msg } from '@lit/localize';
import { html, type TemplateResult } from 'lit';
import type { Playlist } from '../../server/playlists/contract.ts';
import { minutesWord, tracksWord } from '../player/player-words.ts';
import { playlistIcons } from './playlist-icons.ts';

/** "40 tracks · 120 min" */
export const sizeWords = ({ length, duration }: Playlist): string =>
  length === 0 ? msg('Empty') : `${tracksWord(length)} · ${minutesWord(duration)}`;

/** Who sees it, and whether rules fill it. */
export const badges = ({ visibility, rules, main }: Playlist): TemplateResult =>
  html`<span class="badge"
      >${visibility === 'household' ? playlistIcons.house : playlistIcons.lock}${
        visibility === 'household' ? msg('Household') : msg('Private')
      }</span
    >${rules ? html`<span class="badge">${playlistIcons.rules}${msg('By rules')}</span>` : ''}${
      main ? html`<span class="badge">${msg('Every new sound')}</span>` : ''
    }`;

export const playlistHref = (id: string): string => `/playlists/${encodeURIComponent(id)}`;
