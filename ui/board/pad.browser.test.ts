import { html, nothing, render } from 'lit';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { accessibilityFaults, inTheme } from '../testing/axe.ts';
import { aSound } from '../testing/sounds.ts';
import { PadGestures } from './pad-gestures.ts';
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

test('its heart and its menu are buttons of their own, after it', async () => {
  const element = await pad({ favourite: true });
  const asked = vi.fn();
  element.addEventListener('enc-pad-action', ({ action, soundId }) => asked(action, soundId));
  const buttons = [...element.renderRoot.querySelectorAll('button')];
  expect(buttons.map((one) => one.getAttribute('aria-label'))).toEqual([
    null,
    'Favourite: Air horn',
    'More for Air horn',
  ]);
  expect(buttons[1]?.getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(buttons[1] as HTMLElement);
  await userEvent.keyboard('{Tab}{Enter}');
  expect(asked.mock.calls).toEqual([
    ['favourite', 'horn'],
    ['menu', 'horn'],
  ]);
});

describe('gestures', () => {
  const asked = vi.fn();
  const pressed = vi.fn();
  const stop = new AbortController();
  /** The pad below an element that hears gestures, as on the board. */
  const heard = async (): Promise<HTMLButtonElement> => {
    const element = await pad();
    const place = document.querySelector<HTMLElement>('#place');
    if (!place) throw new Error('no place');
    const host = Object.assign(place, { addController: () => {} });
    const gestures = new PadGestures(host as never);
    gestures.hostConnected();
    place.addEventListener('enc-pad-action', ({ action }) => asked(action), stop);
    place.addEventListener('enc-pad-press', () => pressed(), stop);
    return button(element);
  };
  const pointer = (on: Element, type: string, x = 20): void => {
    const init = { bubbles: true, composed: true, isPrimary: true, button: 0, clientX: x };
    on.dispatchEvent(new PointerEvent(type, { ...init, clientY: 20, detail: 1 }));
  };
  afterEach(() => {
    vi.useRealTimers();
    asked.mockClear();
    pressed.mockClear();
  });

  test('half a second on it opens the menu, and the release is no press', async () => {
    const on = await heard();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    pointer(on, 'pointerdown');
    vi.advanceTimersByTime(499);
    expect(asked).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(asked).toHaveBeenCalledExactlyOnceWith('menu');
    pointer(on, 'pointerup');
    pointer(on, 'click');
    expect(pressed).not.toHaveBeenCalled();
    pointer(on, 'pointerdown');
    pointer(on, 'pointerup');
    pointer(on, 'click');
    expect(pressed).toHaveBeenCalledOnce();
  });

  test('who moves on scrolls, and opens nothing', async () => {
    const on = await heard();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    pointer(on, 'pointerdown');
    pointer(on, 'pointermove', 24);
    pointer(on, 'pointermove', 32);
    vi.advanceTimersByTime(1_000);
    expect(asked).not.toHaveBeenCalled();
  });

  test('the right button opens it, once also where a long press is told twice', async () => {
    const on = await heard();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    pointer(on, 'pointerdown');
    vi.advanceTimersByTime(500);
    pointer(on, 'contextmenu');
    expect(asked).toHaveBeenCalledOnce();
    pointer(on, 'pointerdown');
    pointer(on, 'pointerup');
    pointer(on, 'contextmenu');
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test('F, F2 and the full stop, but not with Control', async () => {
    (await heard()).focus();
    await userEvent.keyboard('f{F2}.{Control>}f{/Control}');
    expect(asked.mock.calls).toEqual([['favourite'], ['rename'], ['menu']]);
  });
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
    ['favourite', { favourite: true }],
    ['compact', { density: 'compact' as const }],
  ])('%s', async (_state, props) => {
    inTheme(theme);
    await pad(props);
    expect(await accessibilityFaults(document.body)).toEqual([]);
  });
});
