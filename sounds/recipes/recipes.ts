import { airHorn } from './air-horn.ts';
import { applause } from './applause.ts';
import { baDumTss } from './ba-dum-tss.ts';
import { boing } from './boing.ts';
import { coin } from './coin.ts';
import { correctAnswer } from './correct-answer.ts';
import { crickets } from './crickets.ts';
import { cuckooClock } from './cuckoo-clock.ts';
import { dialUpModem } from './dial-up-modem.ts';
import { doorbell } from './doorbell.ts';
import { drumRoll } from './drum-roll.ts';
import { gong } from './gong.ts';
import { laser } from './laser.ts';
import { laundryIsDone } from './laundry-is-done.ts';
import { levelUp } from './level-up.ts';
import { powerUp } from './power-up.ts';
import { recordScratch } from './record-scratch.ts';
import { sadTrombone } from './sad-trombone.ts';
import { slideWhistle } from './slide-whistle.ts';
import { submarineKlaxon } from './submarine-klaxon.ts';
import { thunder } from './thunder.ts';
import { wrongAnswer } from './wrong-answer.ts';
import type { Recipe } from './recipe.ts';

export const recipes: readonly Recipe[] = [
  airHorn,
  applause,
  baDumTss,
  boing,
  coin,
  correctAnswer,
  crickets,
  cuckooClock,
  dialUpModem,
  doorbell,
  drumRoll,
  gong,
  laser,
  laundryIsDone,
  levelUp,
  powerUp,
  recordScratch,
  sadTrombone,
  slideWhistle,
  submarineKlaxon,
  thunder,
  wrongAnswer,
];
