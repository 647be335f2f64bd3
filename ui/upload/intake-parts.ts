import { html, nothing, type TemplateResult } from 'lit';
import type { Feed } from '../feed/feed.ts';
import './drop-hint.ts';
import './upload-tray.ts';
import type { Uploads } from './uploads.ts';

export { droppedFiles } from './dropped.ts';
export { sendFile } from './send.ts';
export { createUploads } from './uploads.ts';

/** What shows of the intake: where to drop, and what is on its way. */
export const render = (
  uploads: Uploads | null,
  feed: Feed,
  over: boolean,
  reason: string,
): TemplateResult =>
  html`${over ? html`<enc-drop-hint .reason=${reason}></enc-drop-hint>` : nothing}
  ${uploads ? html`<enc-upload-tray .uploads=${uploads} .feed=${feed}></enc-upload-tray>` : nothing}`;
