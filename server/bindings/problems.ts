import { unreachable } from '../kernel/decider.ts';
import { ProblemError, type Problem } from '../kernel/problem.ts';
import { bindingLimits } from './contract.ts';
import type { BindingRefusal } from './decider.ts';
import type { Pause } from './events.ts';

const refusal = (
  status: Problem['status'],
  code: string,
  title: string,
  detail: string,
): Problem => ({ status, code, title, detail });

const problemOf = (reason: BindingRefusal): Problem => {
  switch (reason.code) {
    case 'unknown_binding':
      return refusal(404, reason.code, 'Unknown binding', 'There is no such binding.');
    case 'already_paused':
      return refusal(409, reason.code, 'Paused', 'This binding is paused already.');
    case 'not_paused':
      return refusal(409, reason.code, 'Not paused', 'This binding is not paused.');
    case 'too_many_bindings':
      return refusal(
        409,
        reason.code,
        'Too many bindings',
        `There are ${reason.max} bindings already. Remove one first.`,
      );
    default:
      return unreachable(reason);
  }
};

export const bindingProblem = (reason: BindingRefusal): ProblemError =>
  new ProblemError(problemOf(reason));

export const notLearning = refusal(
  404,
  'not_learning',
  'Not learning',
  'Nothing is being learnt now. POST /api/v1/admin/bindings/learn begins.',
);

export const ownerGone = refusal(
  409,
  'owner_gone',
  'Nobody to play for',
  'The person whose button this is has no account any more, or it is switched off. Give the button to somebody else.',
);

export const ownerMayNot = (name: string): Problem =>
  refusal(
    403,
    'not_allowed',
    'Not allowed',
    `${name}, whose button this is, may not do this. Give the button to somebody else, or to the house.`,
  );

export const receiverGone = refusal(
  409,
  'receiver_gone',
  'Nobody to give to',
  'The person who should get the credits has no account any more, or it is switched off. Choose somebody else.',
);

export const tooManyCredits = (total: number): Problem =>
  refusal(
    409,
    'too_many_credits',
    'Too many credits',
    `One message gives at most ${bindingLimits.creditsMax} credits, and this would have given ${total}. Nothing was given.`,
  );

export const houseBudgetSpent = refusal(
  409,
  'house_budget_spent',
  'Enough for today',
  `The house has played ${bindingLimits.houseRunsPerDayMax} times today. Give the button an owner, or wait until tomorrow.`,
);

export const tooFast = refusal(
  429,
  'too_many',
  'Too many presses',
  `At most ${bindingLimits.runsPerSecondMax} a second and ${bindingLimits.runsPerMinuteMax} a minute.`,
);

/** Why a binding is paused, and what to do, for a person. */
export const pausedWords = ({ reason, topic }: Pause): string =>
  reason === 'loop'
    ? `It set itself off: what Encore said of it came back on ${topic}. End that, or name another topic, and resume it.`
    : `It looked as if it set itself off: what came on ${topic} always followed what Encore had just said, and stopped with it. End that, or resume it where somebody pressed it.`;

export const noValue = refusal(
  409,
  'no_value',
  'Nothing to go by',
  'What this does depends on the message, and no message has come yet. Press the button once, or send a value.',
);

export const noSoundTagged = (tag: string): Problem =>
  refusal(
    404,
    'no_sound_tagged',
    'No such sound',
    `No sound has the tag "${tag}". Give it to the sound that this should play.`,
  );

export const nothingInPlaylist = refusal(
  409,
  'nothing_to_play',
  'Nothing to play',
  'The playlist is gone, or no sound in it can be played now.',
);

export const unspeakable = (detail: string): Problem =>
  refusal(422, 'invalid_fields', 'Nothing to say', detail);
