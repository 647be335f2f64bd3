import { html, nothing, render } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { aSound } from '../testing/sounds.ts';
import { atRest, padLooks, type PadLook } from './pad-look.ts';
import './pad.ts';
import type { EncPad } from './pad.ts';
import { createPressMarks } from './press-marks.ts';

const pad = async (props: Partial<EncPad> = {}): Promise<EncPad> => {
  render(html`<div id="place"><enc-pad></enc-pad></div>`, document.body);
  const place = document.querySelector<HTMLElement>('#place');
  place?.style.setProperty('inline-size', '200px');
  place?.style.setProperty('block-size', '124px');
  const element = document.querySelector('enc-pad');
  if (!element) throw new Error('no pad');
  Object.assign(element, { sound: aSound(), waveform: '8'.repeat(44), current: true }, props);
  await element.updateComplete;
  return element;
};
const looking = (look: Partial<PadLook>): Partial<EncPad> => ({ look: { ...atRest, ...look } });
const button = (element: EncPad): HTMLButtonElement => {
  const found = element.renderRoot.querySelector('button');
  if (!found) throw new Error('no button');
  return found;
};

afterEach(() => {
  render(nothing, document.body);
});

test('is a button whose name starts with that of the sound', async () => {
  const text = button(await pad())
    .textContent.replaceAll(/\s+/g, ' ')
    .trim();
  expect(text).toBe('Air horn SDB1.9 s');
});

test('says which sound was pressed, by pointer and by key, once for a key held down', async () => {
  const element = await pad();
  const pressed = vi.fn();
  element.addEventListener('enc-pad-press', (event) => pressed(event.soundId));
  await userEvent.click(button(element));
  expect(pressed).toHaveBeenCalledExactlyOnceWith('horn');
  await userEvent.keyboard('{Enter}');
  expect(pressed).toHaveBeenCalledTimes(2);
  await userEvent.keyboard('{Enter>5/}');
  expect(pressed).toHaveBeenCalledTimes(3);
});

test('lights what has sounded, and shows the measure while it has one', async () => {
  const element = await pad(looking({ progress: 0.5, latencyMs: 20.4 }));
  const lit = element.renderRoot.querySelector('.played')?.getAttribute('d') ?? '';
  expect(lit.split('z').length - 1).toBe(22);
  expect(element.renderRoot.querySelector('.latency')?.textContent).toBe('20 ms');
  element.look = atRest;
  await element.updateComplete;
  expect(element.renderRoot.querySelector('.played')).toBeNull();
});

test('follows its own sound among the looks, also when it becomes another pad', async () => {
  const marks = createPressMarks();
  const element = await pad({ looks: padLooks(() => [], marks) });
  marks.press('klaxon');
  await element.updateComplete;
  expect(element.look.pending).toBe(false);
  element.sound = aSound({ id: 'klaxon' });
  await element.updateComplete;
  expect(element.look.pending).toBe(true);
});

test('marks what was searched for', async () => {
  const element = await pad({ terms: ['horn'] });
  expect(element.renderRoot.querySelector('mark')?.textContent).toBe('horn');
});

test('cannot be played offline, but says why and keeps its place in the tab order', async () => {
  const element = await pad({ reason: 'Encore is offline.' });
  expect(button(element).getAttribute('aria-disabled')).toBe('true');
  expect(button(element).title).toBe('Encore is offline.');
  expect(button(element).tabIndex).toBe(0);
});

test('carries no style attribute: the content security policy would drop it', async () => {
  const element = await pad(looking({ progress: 0.5 }));
  expect(element.renderRoot.querySelector('[style]')).toBeNull();
});

describe.each(['dark', 'light'] as const)('accessible, %s', (theme) => {
  test.each([
    ['at rest', {}],
    ['playing', looking({ progress: 0.4, latencyMs: 12 })],
    ['pending', looking({ pending: true })],
    ['refused', looking({ refused: true })],
    ['offline', { reason: 'Encore is offline.' }],
    ['found', { terms: ['air'] }],
    ['compact', { density: 'compact' as const }],
  ])('%s', async (_state, props) => {
    inTheme(theme);
    await pad(props);
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });
});
