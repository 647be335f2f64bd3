import type { Announcement } from '../kernel/door.ts';
import type { Recorded } from '../kernel/event.ts';
import { openLedger, type Prices } from '../credits/index.ts';
import type { Module } from '../kernel/module.ts';
import type { OpenJukebox } from '../player/index.ts';
import type { Board } from '../soundboard/index.ts';
import type { OpenSpeech } from '../speech/index.ts';
import { createIdentityOf } from '../users/index.ts';
import {
  bindingsFeed,
  buttonAnnouncement,
  isAdmin,
  pausedAnnouncement,
  refusedPlay,
  tagAnnouncement,
} from './announcements.ts';
import type { BindingHeard } from './contract.ts';
import type { BindingEvent } from './events.ts';
import { createDecide, createFire, type Fire } from './fire.ts';
import { createLearn } from './learn.ts';
import { learnRoutes } from './learn-routes.ts';
import { createListener } from './listener.ts';
import { createLoopWatch } from './loop-watch.ts';
import { bindingMetrics } from './metrics.ts';
import { createNotes } from './notes.ts';
import { createPause } from './pause.ts';
import { createPerform, isPaid } from './perform.ts';
import { bindingsProjection } from './projection.ts';
import { createBindingQueries } from './queries.ts';
import { bindingRoutes } from './routes.ts';
import { bindingsSideTables } from './side-tables.ts';
import { createTermsCheck } from './terms-check.ts';

export { createBindingQueries } from './queries.ts';

export type BindingsPorts = {
  readonly board: Board;
  readonly jukebox: OpenJukebox;
  readonly speech: OpenSpeech;
  readonly prices: Prices;
  /** Tells MQTT listeners. */
  readonly announce: (announcement: Announcement) => void;
  /** A topic filter that lets through nothing but what the house says, or is told to do. */
  readonly isOwnTopic: (filter: string) => boolean;
};

/** Buttons, cards and knobs: what an MQTT message sets off. */
export const bindings: Module<BindingsPorts> = {
  name: 'bindings',
  projections: [bindingsProjection],
  sideTables: bindingsSideTables,
  setup(kernel, { board, jukebox, speech: { speech }, prices, announce, isOwnTopic }) {
    const { storage, bus, clock, ids, logger } = kernel;
    const queries = createBindingQueries(storage);
    const notes = createNotes(kernel);
    const identityOf = createIdentityOf(storage);
    const decide = createDecide(kernel);
    const ledger = openLedger(kernel, prices);
    const perform = createPerform(kernel, {
      board,
      jukebox,
      speech,
      ledger,
      queries,
      identityOf,
    });
    const loops = createLoopWatch();
    const firing = createFire(kernel, {
      decide,
      loops,
      async perform(run) {
        const performed = await perform(run);
        if (performed.ok || !isPaid(run.terms.command)) return performed;
        const { command } = run.terms;
        const soundId = 'sound_id' in command ? (command.sound_id ?? null) : null;
        announce(refusedPlay(run.named, soundId, performed.problem));
        return performed;
      },
    });
    const listeners: (() => void)[] = [];
    const filtersChanged = () => {
      for (const listener of listeners) listener();
    };
    const learn = createLearn({
      clock,
      ids,
      filtersChanged,
      tell(session) {
        const data: BindingHeard = { kind: 'learn', session };
        kernel.publish({ type: 'binding_heard', data, audience: isAdmin });
      },
    });
    const fire: Fire = (...args) =>
      void firing.fire(...args).catch((error: unknown) => {
        logger.error({ err: error }, 'what a binding did could not be kept');
      });
    const listener = createListener({
      queries,
      notes,
      learn,
      loops,
      pause: createPause(kernel, decide),
      fire,
      tellTag: (tag) => announce(tagAnnouncement(tag)),
      now: clock.now,
      logger,
    });
    listener.look();
    bus.onCommitted((events) => {
      loops.hearOfEffects(events, clock.monotonic());
      const ours = (events as readonly Recorded<BindingEvent>[]).filter(
        ({ type }) => type.startsWith('Binding') && type !== 'BindingTriggered',
      );
      if (ours.length === 0) return;
      listener.look();
      for (const { type, data } of ours) {
        if (type !== 'BindingPaused') loops.forget(data.binding_id);
        if (type === 'BindingRemoved') notes.forget(data.binding_id);
        // What stood on other topics, or was asked otherwise, says nothing of what stands now.
        else notes.forget(data.binding_id, 'level');
      }
      filtersChanged();
    });
    const check = createTermsCheck({
      playlists: jukebox.playlists,
      ownerExists: (userId) => identityOf(userId, 'binding') !== undefined,
      isOwnTopic,
    });
    return {
      routes: [
        // Before those with an id in the same place.
        ...learnRoutes(learn),
        ...bindingRoutes(kernel, { queries, notes, firing, decide, check }),
      ],
      feed: bindingsFeed,
      announcements: {
        BindingTriggered: buttonAnnouncement(queries),
        BindingPaused: pausedAnnouncement(queries),
      },
      hearing: {
        filters: listener.filters,
        onFiltersChanged: (changed) => void listeners.push(changed),
        hear: listener.hear,
      },
      metrics: bindingMetrics,
      start: notes.start,
      async stop() {
        learn.stop();
        listener.stop();
        await firing.settled();
        await notes.stop();
      },
    };
  },
};
