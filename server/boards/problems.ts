import { ProblemError, type Problem } from '../kernel/problem.ts';
import { boardLimits } from './contract.ts';
import type { BoardRefusal } from './decider.ts';

export type BoardsRefusal =
  | BoardRefusal
  | { code: 'not_your_board' }
  | { code: 'unknown_sound' }
  | { code: 'too_many_boards' }
  | { code: 'restore_too_late' };

const words: Record<BoardsRefusal['code'], readonly [Problem['status'], string, string]> = {
  unknown_board: [404, 'Unknown board', 'There is no such board.'],
  unknown_pad: [404, 'Unknown pad', 'This pad is not on the board now. Load the board again.'],
  unknown_sound: [404, 'Unknown sound', 'There is no such sound.'],
  not_your_board: [
    403,
    'Not your board',
    'Only its owner or an admin can change this board. Make one of your own.',
  ],
  board_changed: [
    409,
    'The board has changed',
    'Somebody changed this board meanwhile. Load it again, and change it then.',
  ],
  board_full: [409, 'Board full', `A board holds at most ${boardLimits.padsMax} pads.`],
  keys_only: [
    409,
    'Keys alone',
    'Where all sounds are shown, keys can be pinned and nothing else. Make a board for the rest.',
  ],
  too_many_boards: [
    409,
    'Too many boards',
    `One person can have at most ${boardLimits.boardsMax} boards. Delete one first.`,
  ],
  restore_too_late: [
    409,
    'Too late',
    'A deleted board can be brought back for 30 days. These are over.',
  ],
};

export const boardProblem = (refusal: BoardsRefusal): ProblemError => {
  const { code } = refusal;
  const [status, title, detail] = words[code];
  return new ProblemError({ status, code, title, detail });
};
