import type { Recorded } from '../kernel/event.ts';
import type { FeedDraft, FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import { createBoards } from './boards.ts';
import { ownKeys, type BoardChanged } from './contract.ts';
import type { BoardEvent } from './events.ts';
import { forgottenPeople } from './forgotten-people.ts';
import { padRoutes } from './pad-routes.ts';
import { boardsProjection } from './projection.ts';
import { createBoardQueries, type BoardQueries } from './queries.ts';
import { boardRoutes } from './routes.ts';

const changes: Record<BoardEvent['type'], BoardChanged['change']> = {
  BoardDefined: 'made',
  BoardRenamed: 'described',
  BoardHueSet: 'described',
  BoardShared: 'described',
  PadAdded: 'pads',
  PadMoved: 'pads',
  PadRemoved: 'pads',
  KeyPinned: 'keys',
  KeyUnpinned: 'keys',
  BoardDeleted: 'deleted',
  BoardRestored: 'restored',
};

/** To those who see the board, and of one that was just made private to those who saw it. */
const feedOf = (queries: BoardQueries): FeedMap => {
  const draft = (event: Recorded): FeedDraft => {
    const { board_id } = event.data as BoardEvent['data'];
    const change = changes[event.type as BoardEvent['type']];
    // Once for all who listen.
    const board = queries.find(board_id);
    const data: BoardChanged = {
      board_id: board?.kind === 'own' ? ownKeys : board_id,
      change,
      revision: event.streamPosition,
    };
    return {
      type: 'board_changed',
      data,
      ...(change === 'pads' || change === 'keys' ? { same: `${change} of ${board_id}` } : {}),
      audience: ({ actor }) =>
        event.type === 'BoardShared' || board?.owner_id === actor || board?.shared === true,
    };
  };
  return Object.fromEntries(Object.keys(changes).map((type) => [type, draft]));
};

/** Pages of pads with keys pinned to them, own and shared. */
export const boards: Module = {
  name: 'boards',
  projections: [boardsProjection],
  setup(kernel) {
    const queries = createBoardQueries(kernel.storage);
    const commands = createBoards(kernel, queries);
    return {
      routes: [...boardRoutes(commands), ...padRoutes(commands)],
      reactors: [forgottenPeople(kernel, queries)],
      feed: feedOf(queries),
    };
  },
};
