import { createLifecycle } from '../adapters/system/lifecycle.ts';
import { openLedger, credits } from '../credits/index.ts';
import { extractions } from '../extractions/index.ts';
import { houseProjections } from '../house-kernel.ts';
import { createHousehold, household as householdModule } from '../household/index.ts';
import type { Route, SocketCommand } from '../kernel/door.ts';
import { createKernel, type RunningKernel } from '../kernel/kernel.ts';
import type { Logger } from '../kernel/logger.ts';
import type { Reactor } from '../kernel/reactors.ts';
import type { ModuleParts } from '../kernel/module.ts';
import type { Clock } from '../kernel/ports.ts';
import { openStorage } from '../kernel/storage.ts';
import { modules } from '../modules.ts';
import { openJukebox, player } from '../player/index.ts';
import type { PlayerLink } from '../player/player-link.ts';
import { playlists } from '../playlists/index.ts';
import { openBoard, soundboard } from '../soundboard/index.ts';
import {
  createSoundSearch,
  type DerivedFiles,
  type PlayableSound,
  type TrimmedCopies,
} from '../sounds/index.ts';
import { createPeople } from '../users/people.ts';
import { createUserQueries } from '../users/queries.ts';
import { createRegisterAccount } from '../users/register-account.ts';
import type { createMedia } from './media.ts';
import { simulatedId } from './present.ts';
import { simulatedPath } from './stand-ins/better-sqlite3.ts';

const prices = { play: 1, extraction: 5, tts: 1 };
const room = 'main';

export type BoxPorts = {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly link: PlayerLink;
  readonly media: ReturnType<typeof createMedia>;
  /** Told of each command that comes to the bus. */
  readonly commanded: () => void;
  /** Told before anybody else hears of a commit. */
  /** One that the world watches. */
  readonly reactor: Reactor;
  readonly committed: Parameters<RunningKernel['bus']['onCommitted']>[0];
};

/** What is played is the file itself: nothing is levelled, cut or cached here. */
const fileOf = ({ hash, path, demuxer }: PlayableSound) => ({ hash, path, demuxer });

/**
 * One life of the server: every decider, projection, reactor and rule of the rooms that play and are
 * paid for, wired as in `app.ts`, with simulated ports. @throws what a start throws
 */
export const createBox = (ports: BoxPorts) => {
  const { clock, logger, link, media } = ports;
  const kernel = createKernel({
    storage: openStorage(simulatedPath),
    clock,
    ids: simulatedId,
    logger,
    upcasters: modules.flatMap(({ upcasters }) => (upcasters ? [upcasters] : [])),
    projections: houseProjections(),
    sideTables: modules.flatMap(({ sideTables }) => sideTables ?? []),
  });
  kernel.bus.onCommitted(ports.committed);
  const { execute } = kernel.bus;
  const counted: typeof execute = (...command) => {
    ports.commanded();
    return execute(...command);
  };
  Object.assign(kernel.bus, { execute: counted });
  const household = createHousehold(kernel);
  const search = createSoundSearch(kernel);
  const soundsDir = '/simulated';
  const board = openBoard(kernel, { link, soundsDir, search, room, prices, household });
  const jukebox = openJukebox(kernel, { link, room, household });
  const announce = () => undefined;
  const copies = { fileOf } as unknown as TrimmedCopies;
  const derived = { boardFile: fileOf } as unknown as DerivedFiles;
  const shared = { prices, household, announce, link, room, soundsDir, jukebox };
  const rooms: (ModuleParts & { name: string })[] = [
    { name: 'credits', ...credits.setup(kernel, shared) },
    { name: 'household', ...householdModule.setup(kernel, shared) },
    { name: 'playlists', ...playlists.setup(kernel, {}) },
    { name: 'player', ...player.setup(kernel, { ...shared, derived }) },
    { name: 'soundboard', ...soundboard.setup(kernel, { ...shared, copies, board }) },
    {
      name: 'extractions',
      ...extractions.setup(kernel, {
        ...shared,
        mediaSource: media.source,
        audioExtractor: media.audio,
        media: {} as never,
        intake: media.intakeOf(kernel),
        thumbnails: media.thumbnails,
        normaliser: media.normaliser,
        extraction: { tempDir: '/simulated', format: 'wav', bitrate_kbps: 128, atOnceMax: 2 },
      }),
    },
  ];
  const { feed } = kernel.connect({
    feed: rooms.flatMap((one) => (one.feed ? [one.feed] : [])),
    reactors: [...rooms.flatMap((one) => one.reactors ?? []), ports.reactor],
  });
  const lifecycle = createLifecycle(
    [{ name: 'kernel', start: () => kernel.start(), stop: () => kernel.stop() }, ...rooms],
    { failed: (part, err) => logger.error({ err }, `${part} did not stop well`) },
  );
  const queries = createUserQueries(kernel.storage);
  const people = createPeople(kernel.storage, queries);
  const ledger = openLedger(kernel, prices);
  const routes = new Map<string, Route>();
  for (const route of rooms.flatMap((one) => one.routes ?? [])) {
    routes.set(`${route.method} ${route.path}`, route);
  }
  const commands = new Map<string, SocketCommand>();
  for (const one of rooms.flatMap(({ socketCommands = [] }) => socketCommands)) {
    commands.set(one.command, one);
  }
  return {
    kernel,
    feed,
    start: () => lifecycle.start(),
    stop: () => lifecycle.stop(),
    registerAccount: createRegisterAccount({ queries, people, ledger }),
    route(name: string): Route {
      const found = routes.get(name);
      if (!found) throw new Error(`there is no route ${name}`);
      return found;
    },
    socketCommand(name: string): SocketCommand {
      const found = commands.get(name);
      if (!found) throw new Error(`there is no command ${name}`);
      return found;
    },
  };
};
export type Box = ReturnType<typeof createBox>;
