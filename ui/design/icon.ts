import { html, type TemplateResult } from 'lit';

/**
 * One lit template per icon, made once, from the markup of lucide-static. `unsafeSVG` would parse it
 * again for every pad; a shared strings array lets lit clone a parsed template instead. Icons of the
 * first view stand in icons.ts; those of a page beside the page, so that they come with its chunk.
 */
export const icon = (raw: string, size: number, stroke = 1.75): TemplateResult => {
  const svg = raw
    .replace(/<!--.*?-->/s, '')
    .replace(/\s*class="[^"]*"/, ' aria-hidden="true" focusable="false"')
    .replace(/width="24"/, `width="${size}"`)
    .replace(/height="24"/, `height="${size}"`)
    .replace(/stroke-width="2"/, `stroke-width="${stroke}"`)
    .trim();
  return html(Object.assign([svg], { raw: [svg] }));
};

/** The same of one filled path in a square of 24. */
export const shape = (path: string, size: number): TemplateResult =>
  icon(
    `<svg class="" width="24" height="24" viewBox="0 0 24 24" fill="currentColor"><path d="${path}"/></svg>`,
    size,
  );
