import type { Messages } from './speak.ts';
import { account } from './german/account.ts';
import { api } from './german/api.ts';
import { app } from './german/app.ts';
import { board } from './german/board.ts';
import { boards } from './german/boards.ts';
import { buttons } from './german/buttons.ts';
import { common } from './german/common.ts';
import { credits } from './german/credits.ts';
import { design } from './german/design.ts';
import { extractions } from './german/extractions.ts';
import { feed } from './german/feed.ts';
import { library } from './german/library.ts';
import { padMenu } from './german/pad-menu.ts';
import { people } from './german/people.ts';
import { player } from './german/player.ts';
import { playlists } from './german/playlists.ts';
import { schedules } from './german/schedules.ts';
import { selection } from './german/selection.ts';
import { settings } from './german/settings.ts';
import { signIn } from './german/sign-in.ts';
import { stats } from './german/stats.ts';
import { timeline } from './german/timeline.ts';
import { upload } from './german/upload.ts';
import { wall } from './german/wall.ts';

/*
 * Glossary, so that each thing has one name:
 *
 * sound       der Sound, die Sounds        pad         das Pad
 * board       das Board                    press       drücken, der Druck
 * play        abspielen; die Wiedergabe    track       der Titel
 * queue       die Warteschlange            up next     als Nächstes
 * playlist    die Playlist                 tag         das Tag, die Tags
 * credits     die Credits                  balance     das Guthaben
 * plan        der Tarif                    refill      die Auffüllung
 * button      der Taster                   schedule    der Zeitplan
 * alarm       der Wecker                   quiet hours die Ruhezeiten
 * timeline    die Zeitleiste               log         das Protokoll
 * event       das Ereignis                 extraction  die Extraktion
 * library     die Bibliothek               trash       der Papierkorb
 * loudness    die Lautheit                 volume      die Lautstärke
 * policy      das Verhalten                favourite   der Favorit
 * invite      die Einladung                token       das Token
 * sign in     sich anmelden                house       das Haus
 * disable     sperren                      retire      stilllegen
 *
 * Whoever reads is "du". Sentences are short; quotation marks are „these“.
 */
export const messages: Messages = {
  ...account,
  ...api,
  ...app,
  ...board,
  ...boards,
  ...buttons,
  ...common,
  ...credits,
  ...design,
  ...extractions,
  ...feed,
  ...library,
  ...padMenu,
  ...people,
  ...player,
  ...playlists,
  ...schedules,
  ...selection,
  ...settings,
  ...signIn,
  ...stats,
  ...timeline,
  ...upload,
  ...wall,
};
