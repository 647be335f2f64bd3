import '../boards/board-bar.ts';
import '../player/player-area.ts';
import '../upload/intake.ts';
import './floor.ts';
import './quiet-pill.ts';

export { countOpen } from '../extractions/open-count.ts';
export { countPlaylists } from '../playlists/count.ts';
