import { html, nothing, render } from 'lit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EncShell } from './shell.ts';
import './shell.ts';

let shell: EncShell;
const user = { id: 'u', name: 'Mira', role: 'admin', plan: 'admin' } as const;

beforeEach(async () => {
  await page.viewport(844, 390);
  render(html`<enc-shell .user=${user} place="sounds"></enc-shell>`, document.body);
  shell = document.querySelector('enc-shell') as EncShell;
  await shell.updateComplete;
});
afterEach(async () => {
  render(nothing, document.body);
  await page.viewport(1280, 800);
});

test('on a low window the rail scrolls: its links stay as high as a finger or a pointer needs', () => {
  const links = [...(shell.shadowRoot?.querySelectorAll('.place') ?? [])];
  expect(links.length).toBeGreaterThan(8);
  expect(Math.min(...links.map((link) => link.clientHeight))).toBeGreaterThanOrEqual(36);
  const nav = shell.shadowRoot?.querySelector('nav');
  expect(nav?.scrollHeight).toBeGreaterThan(nav?.clientHeight ?? Infinity);
  expect(nav?.clientHeight).toBeLessThanOrEqual(390);
});

test('who comes to a screen by keyboard sees no ring around all of it', async () => {
  await userEvent.keyboard('{Tab}');
  shell.focusMain();
  const main = shell.shadowRoot?.activeElement;
  expect(main?.matches('main:focus-visible')).toBe(true);
  expect(main && getComputedStyle(main).outlineStyle).toBe('none');
});
