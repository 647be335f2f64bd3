import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger, type Prices } from '../credits/index.ts';
import type { Announcement } from '../kernel/door.ts';
import type { Recorded } from '../kernel/event.ts';
import type { FeedDraft, FeedMap } from '../kernel/feed.ts';
import type { Module } from '../kernel/module.ts';
import {
  createSoundQueries,
  type MediaTools,
  type Normaliser,
  type SoundIntake,
  type Thumbnails,
} from '../sounds/index.ts';
import { extractionAdminRoutes } from './admin-routes.ts';
import { extractionCharges } from './charges.ts';
import type { Extraction } from './contract.ts';
import { createDispatcher } from './dispatcher.ts';
import { extractionUpcasters, type ExtractionEvent } from './events.ts';
import { createExtractions } from './extractions.ts';
import { createExtractor } from './extractor.ts';
import { createFetch } from './fetch.ts';
import { createJobAnnouncer, clearAnnouncement, jobAnnouncement } from './job-announcer.ts';
import { createJobCommands } from './job-commands.ts';
import type { AudioExtractor, MediaSource } from './media-source.ts';
import { extractionMetrics } from './metrics.ts';
import { extractionsProjection } from './projection.ts';
import { createExtractionQueries } from './queries.ts';
import { createReports } from './reports.ts';
import { extractionRoutes } from './routes.ts';
import { extractionsSideTables } from './side-tables.ts';
import { createToolHealth } from './tool-health.ts';
import { sweepWorkFolders } from './work-folder.ts';

export type ExtractionsPorts = {
  readonly mediaSource: MediaSource;
  readonly audioExtractor: AudioExtractor;
  readonly media: MediaTools;
  readonly intake: SoundIntake;
  readonly thumbnails: Thumbnails;
  readonly normaliser: Normaliser;
  readonly soundsDir: string;
  readonly prices: Prices;
  readonly extraction: {
    /** Absolute. */
    readonly tempDir: string;
    readonly format: string;
    readonly bitrate_kbps: number;
    /** Jobs at work at a time. */
    readonly atOnceMax: number;
  };
  readonly announce: (announcement: Announcement) => void;
};

const stopWaitMs = 3000;
/** Jobs whose retained message a server that was killed may not have taken away. */
const clearedAtStartMax = 50;

const audienceOf =
  (owner: string): NonNullable<FeedDraft['audience']> =>
  ({ actor, role }) =>
    actor === owner || role === 'admin';

const changedDraft = (extraction: Extraction): FeedDraft => ({
  type: 'extraction_changed',
  data: { extraction },
  audience: audienceOf(extraction.requested_by),
});

const progressDraft = ({ id, step, progress, requested_by }: Extraction): FeedDraft => ({
  type: 'job_progress',
  data: { job: 'extraction', job_id: id, step, progress },
  audience: audienceOf(requested_by),
});

/** Links to sounds: what is behind a URL is fetched, converted and put into the library. */
export const extractions: Module<ExtractionsPorts> = {
  name: 'extractions',
  upcasters: extractionUpcasters,
  projections: [extractionsProjection],
  sideTables: extractionsSideTables,
  verify: extractionCharges,
  setup(kernel, ports) {
    const { mediaSource: source, media, intake, thumbnails, normaliser, soundsDir } = ports;
    const { tempDir, format, bitrate_kbps: bitrateKbps, atOnceMax } = ports.extraction;
    const queries = createExtractionQueries(kernel.storage);
    const ledger = openLedger(kernel, ports.prices);
    const commands = createJobCommands(kernel.storage, ledger);
    const tool = createToolHealth(source, kernel.logger);
    const reports = createReports(kernel, commands);
    const fetch = createFetch(kernel, {
      source,
      audio: ports.audioExtractor,
      media,
      intake,
      thumbnails,
      commands,
      reports,
      tempDir,
      soundsDir,
      format,
      bitrateKbps,
    });
    const sounds = createSoundQueries(kernel.storage, soundsDir);
    const extract = createExtractor({
      source,
      fetch,
      normaliser,
      sounds,
      queries,
      reports,
      tempDir,
    });
    const dispatcher = createDispatcher(kernel, {
      queries,
      commands,
      extract,
      atOnceMax,
      onLive(job, what) {
        kernel.publish(what === 'job' ? changedDraft(job) : progressDraft(job));
        announcer.changed(job.id);
      },
    });
    const shown = (id: string): Extraction | undefined => {
      const row = queries.find(id);
      return row && dispatcher.shown(row);
    };
    const announcer = createJobAnnouncer({
      find(id) {
        const row = queries.find(id);
        // How many are ahead it does not tell.
        return row && dispatcher.shown(row, new Map());
      },
      announce: ports.announce,
      monotonic: kernel.clock.monotonic,
    });
    const changed = (event: Recorded): FeedDraft | undefined => {
      const job = shown(String(event.data['extraction_id']));
      return job && changedDraft(job);
    };
    const feed = {
      ExtractionRequested: changed,
      ServiceDetected: changed,
      DuplicateDetected: changed,
      DownloadStarted: changed,
      MediaDownloaded: changed,
      ThumbnailSaved: changed,
      SoundCreated: changed,
      ExtractionNormalized: changed,
      ExtractionCompleted: changed,
      ExtractionFailed: changed,
      ExtractionRetried: changed,
      ExtractionCancelled: changed,
    } satisfies Record<ExtractionEvent['type'], FeedMap[string]>;
    kernel.bus.onCommitted((events) => {
      const ours = events.filter(({ type }) => type in feed);
      const ids = new Set(ours.map(({ data }) => String(data['extraction_id'])));
      for (const id of ids) announcer.changed(id);
    });
    const jobs = createExtractions(kernel, { queries, commands, ledger, dispatcher });

    return {
      routes: [
        ...extractionRoutes(kernel, { extractions: jobs, dispatcher, queries }),
        ...extractionAdminRoutes({ dispatcher, source, tool, workers: atOnceMax }),
      ],
      feed,
      standing: () => [
        ...queries.ended(clearedAtStartMax).map(({ id }) => clearAnnouncement(id)),
        ...dispatcher.shownAll(queries.open()).map(jobAnnouncement),
      ],
      health: () => ({ extractions: tool.health() }),
      metrics: extractionMetrics(dispatcher),
      async start() {
        await sweepWorkFolders(tempDir, kernel.logger);
        await tool.start(async () => {
          await dispatcher.recover();
          await source.start();
          dispatcher.open();
        });
      },
      async stop() {
        announcer.stop();
        const late = new AbortController();
        await Promise.race([
          Promise.all([tool.stop(), dispatcher.stop()]).then(() => source.stop()),
          sleep(stopWaitMs, undefined, late).catch(() => undefined),
        ]);
        late.abort();
      },
    };
  },
};
