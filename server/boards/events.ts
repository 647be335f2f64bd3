import type { BoardHue } from './contract.ts';

/** A page of pads, or the keys that one person has pinned beside all boards. */
export type BoardKind = 'board' | 'own';

/**
 * Stream `board-<id>`. A sound stands on a board once; a place is given by the pad that follows
 * (`before`; null: the end). Keys are 1 to 9. What a key plays stays pinned when its pad is taken
 * off, and is there again when the pad is.
 */
export type BoardEvent =
  | {
      type: 'BoardDefined';
      data: {
        board_id: string;
        kind: BoardKind;
        name: string;
        /** Null: without a colour. */
        hue: BoardHue | null;
        shared: boolean;
        owner_id: string;
      };
    }
  | { type: 'BoardRenamed'; data: { board_id: string; name: string } }
  | { type: 'BoardHueSet'; data: { board_id: string; hue: BoardHue | null } }
  | { type: 'BoardShared'; data: { board_id: string; shared: boolean } }
  | { type: 'PadAdded'; data: { board_id: string; sound_id: string; before: string | null } }
  | { type: 'PadMoved'; data: { board_id: string; sound_id: string; before: string | null } }
  | { type: 'PadRemoved'; data: { board_id: string; sound_id: string } }
  | { type: 'KeyPinned'; data: { board_id: string; key: number; sound_id: string } }
  | { type: 'KeyUnpinned'; data: { board_id: string; key: number } }
  | { type: 'BoardDeleted'; data: { board_id: string } }
  | { type: 'BoardRestored'; data: { board_id: string } };

export const boardStream = (boardId: string): string => `board-${boardId}`;

/** The board that holds nothing but what this person pinned on all sounds. */
export const ownKeysId = (userId: string): string => `own-${userId}`;

/** Pads of one board, with those whose sound is away. */
export const padsMax = 500;
