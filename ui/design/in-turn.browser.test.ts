import { html, type TemplateResult } from 'lit';
import { afterEach, expect, test } from 'vitest';
import { drawInTurn, InTurn } from './in-turn.ts';

class TestTurn extends InTurn {
  override render(): TemplateResult {
    return html`<p>drawn</p>`;
  }
}
customElements.define('test-turn', TestTurn);

/** Longer than a task may take before the next element has to wait. */
const keepBusy = (): void => {
  const until = performance.now() + 40;
  while (performance.now() < until);
};

const shown = (): TestTurn => {
  const element = new TestTurn();
  document.body.append(element);
  return element;
};

afterEach(() => {
  drawInTurn(false);
  for (const element of document.querySelectorAll('test-turn')) element.remove();
});

test('an element waits for another task where this one has taken long enough', async () => {
  drawInTurn(true);
  keepBusy();
  const element = shown();
  await Promise.resolve();
  expect(element.hasUpdated).toBe(false);
  await element.updateComplete;
  expect(element.shadowRoot?.textContent).toContain('drawn');
});

test('many that wait are all drawn, whatever one of them takes', async () => {
  drawInTurn(true);
  keepBusy();
  const elements = Array.from({ length: 5 }, () => {
    const element = shown();
    element.addController({ hostUpdate: keepBusy });
    return element;
  });
  await Promise.all(elements.map((element) => element.updateComplete));
  expect(elements.map(({ hasUpdated }) => hasUpdated)).toEqual(elements.map(() => true));
});

test('what is there is drawn again at once', async () => {
  const element = shown();
  await element.updateComplete;
  drawInTurn(true);
  keepBusy();
  element.requestUpdate();
  await Promise.resolve();
  expect(element.isUpdatePending).toBe(false);
});

test('nothing waits on a page that is open', async () => {
  keepBusy();
  const element = shown();
  await Promise.resolve();
  expect(element.hasUpdated).toBe(true);
});
