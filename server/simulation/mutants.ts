/** One seeded fault: what it says, and the text that makes it. */
export type Mutant = {
  readonly id: string;
  readonly fault: string;
  /** `file` below `server/`; `from` stands in it exactly once. */
  readonly changes: readonly {
    readonly file: string;
    readonly from: string;
    readonly to: string;
  }[];
};

const bus = 'kernel/command-bus.ts';
const reactors = 'kernel/reactors.ts';
const chain = 'kernel/hash-chain.ts';
const storage = 'kernel/storage.ts';
const ledger = 'credits/decider.ts';
const credits = 'credits/projection.ts';
const voices = 'soundboard/voices.ts';
const playDecider = 'soundboard/decider.ts';
const playerBrain = 'adapters/vlc/player.ts';
const jobDecider = 'extractions/decider.ts';
const jobs = 'extractions/job-commands.ts';

/** Faults that somebody could have made. The simulator must find each: `npm run simulate -- --mutants`. */
export const mutants: readonly Mutant[] = [
  {
    id: 'acknowledge-before-commit',
    fault: 'a command is answered before its transaction is committed',
    changes: [
      {
        file: bus,
        from: '      commit.run();\n',
        to: "      for (const one of settled) if (!('error' in one)) one.job.resolve(one.outcome);\n      commit.run();\n",
      },
    ],
  },
  {
    id: 'tell-before-commit',
    fault: 'reactors and the feed hear of events before they are durable',
    changes: [
      {
        file: bus,
        from: '      commit.run();\n',
        to: '      tell(committed, 0);\n      commit.run();\n',
      },
      { file: bus, from: '    tell(committed, commitMs);\n    for', to: '    for' },
    ],
  },
  {
    id: 'normal-instead-of-full',
    fault: 'synchronous is NORMAL: commits are not flushed',
    changes: [
      { file: storage, from: "'synchronous = FULL'", to: "'synchronous = NORMAL'" },
      { file: storage, from: 'synchronous !== 2', to: 'synchronous !== 1' },
    ],
  },
  {
    id: 'no-dedupe',
    fault: 'a repeated command is done again',
    changes: [
      {
        file: bus,
        from: 'request.repeat && repeats.find(request.repeat, at)',
        to: 'request.repeat && undefined',
      },
      { file: bus, from: 'if (request.repeat) repeats.keep(request.repeat, at, outcome);', to: '' },
    ],
  },
  {
    id: 'dedupe-for-a-second',
    fault: 'command ids are forgotten after a second',
    changes: [{ file: 'kernel/repeats.ts', from: '24 * 60 * 60 * 1000', to: '1000' }],
  },
  {
    id: 'project-outside',
    fault: 'read models are written after the commit, outside of its transaction',
    changes: [
      { file: bus, from: '    for (const event of recorded) projector.project(event);\n', to: '' },
      {
        file: bus,
        from: '    tell(committed, commitMs);\n    for',
        to: '    for (const event of committed) projector.project(event);\n    tell(committed, commitMs);\n    for',
      },
    ],
  },
  {
    id: 'version-off-by-one',
    fault: 'the second event of a command to one stream expects the version of the first',
    changes: [
      {
        file: 'kernel/stream-states.ts',
        from: 'version: stream.version + 1 }',
        to: 'version: stream.version }',
      },
    ],
  },
  {
    id: 'states-after-rollback',
    fault: 'folded states are kept although their transaction was rolled back',
    changes: [{ file: bus, from: '    states.forget();\n', to: '' }],
  },
  {
    id: 'head-after-rollback',
    fault: 'the head is not read again after a rollback',
    changes: [
      {
        file: bus,
        from: '      log.refreshHead();\n      headKnown = true;\n    } catch {',
        to: '      headKnown = true;\n    } catch {',
      },
    ],
  },
  {
    id: 'no-rollback',
    fault: 'a failed batch leaves its transaction open',
    changes: [{ file: bus, from: 'if (storage.inTransaction) rollback.run();', to: '' }],
  },
  {
    id: 'keep-refused',
    fault: 'what a refused command had decided is kept',
    changes: [{ file: bus, from: "answer.ok ? 'all' : 'refusals'", to: "'all'" }],
  },
  {
    id: 'checkpoint-before-effect',
    fault: 'a checkpoint moves on before the effect has happened',
    changes: [
      {
        file: reactors,
        from: '          if (!(await reactTo(one, event))) return;\n',
        to: '          one.checkpoint = event.globalPosition;\n          if (!(await reactTo(one, event))) return;\n',
      },
    ],
  },
  {
    id: 'give-up-at-once',
    fault: 'a reactor gives an event up at its first failure',
    changes: [{ file: reactors, from: 'attempt >= reactorTriesMax', to: 'attempt >= 1' }],
  },
  {
    id: 'chain-without-actor',
    fault: 'the hash chain skips who did it',
    changes: [{ file: chain, from: '    row.actor,\n', to: '' }],
  },
  {
    id: 'chain-unchained',
    fault: 'the hash of a row does not follow from the one before',
    changes: [
      { file: chain, from: 'previous.copy(bytes)', to: 'bytes.fill(0, 0, 32).length && 32' },
    ],
  },
  {
    id: 'feed-from-one-earlier',
    fault: 'who resumes is told the last message again',
    changes: [
      {
        file: 'kernel/feed.ts',
        from: 'log.readAll(after, resumeEventsMax)',
        to: 'log.readAll(after - 1, resumeEventsMax)',
      },
    ],
  },
  {
    id: 'settle-twice',
    fault: 'a reservation that ended can end again',
    changes: [
      {
        file: ledger,
        from: 'const { [event.data.reservation_id]: _, ...reservations } = account.reservations;',
        to: 'const { reservations } = account;',
      },
    ],
  },
  {
    id: 'no-balance-check',
    fault: 'whoever has nothing may spend all the same',
    changes: [{ file: ledger, from: 'if (missing <= 0) return', to: 'if (missing < 1000) return' }],
  },
  {
    id: 'reserved-is-free',
    fault: 'what is reserved may be spent once more',
    changes: [
      {
        file: ledger,
        from: 'data.amount - (account.balance - reservedOf(account))',
        to: 'data.amount - account.balance',
      },
    ],
  },
  {
    id: 'refill-past-maximum',
    fault: 'a refill passes the maximum of the plan',
    changes: [
      {
        file: ledger,
        from: 'Math.min(amount * periods, max - account.balance)',
        to: 'amount * periods',
      },
    ],
  },
  {
    id: 'reserved-stays',
    fault: 'the table of accounts keeps as reserved what was paid',
    changes: [
      {
        file: credits,
        from: 'spend.run(balance_after, amount, user_id)',
        to: 'spend.run(balance_after, 0, user_id)',
      },
    ],
  },
  {
    id: 'release-forgotten',
    fault: 'a play that failed keeps its reservation',
    changes: [
      { file: voices, from: 'ledger.release(tx, userId, data.play_id, data.code);', to: '' },
    ],
  },
  {
    id: 'pay-for-silence',
    fault: 'a play that failed is paid',
    changes: [
      {
        file: voices,
        from: 'ledger.release(tx, userId, data.play_id, data.code);',
        to: 'ledger.settle(tx, userId, data.play_id);',
      },
    ],
  },
  {
    id: 'sound-for-free',
    fault: 'what was heard is given back',
    changes: [
      {
        file: voices,
        from: 'ledger.settle(tx, userId, data.play_id);',
        to: "ledger.release(tx, userId, data.play_id, 'finished');",
      },
    ],
  },
  {
    id: 'lost-plays-forgotten',
    fault: 'plays that a player does not know any more stay open',
    changes: [
      {
        file: voices,
        from: '        .filter((id) => !alive.has(id))\n',
        to: '        .filter(() => false)\n',
      },
    ],
  },
  {
    id: 'late-report',
    fault: 'a report on a play that has ended begins it anew',
    changes: [
      {
        file: playDecider,
        from: "if (play.kind === 'unknown' || play.kind === 'ended') return accepted();",
        to: "if (play.kind === 'unknown') return accepted();",
      },
    ],
  },
  {
    id: 'started-twice',
    fault: 'a report that comes twice is two starts',
    changes: [
      {
        file: playDecider,
        from: "        if (play.kind === 'started') return accepted();\n",
        to: '',
      },
    ],
  },
  {
    id: 'stale-play',
    fault: 'a press is played however long ago it was',
    changes: [
      { file: 'soundboard/reactor.ts', from: 'if (ageMs > freshMs)', to: 'if (ageMs > 1e12)' },
      {
        file: playerBrain,
        from: 'nowMs() - command.pressed_at_ms > command.fresh_ms',
        to: 'nowMs() - command.pressed_at_ms > 1e12',
      },
    ],
  },
  {
    id: 'player-repeats',
    fault: 'the player does a command again that comes twice',
    changes: [{ file: playerBrain, from: 'if (isRepeat(command.command_id))', to: 'if (false)' }],
  },
  {
    id: 'job-release-forgotten',
    fault: 'a cancelled extraction keeps its reservation',
    changes: [{ file: jobs, from: "type === 'ExtractionCancelled'", to: "type === 'Never'" }],
  },
  {
    id: 'duplicate-paid',
    fault: 'an extraction that made nothing new is paid',
    changes: [{ file: jobs, from: 'if (data.duplicate) ledger', to: 'if (false) ledger' }],
  },
  {
    id: 'retry-on-old-reservation',
    fault: 'a retry reserves under the name of the first try',
    changes: [
      {
        file: jobDecider,
        from: 'const reservation_id = `${extraction_id} ${attempt}`;',
        to: 'const reservation_id = extraction_id;',
      },
    ],
  },
];
