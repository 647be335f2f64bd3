import axe from 'axe-core';

/** What axe finds wrong below an element, one line each; page-level rules do not apply to a part. */
export const accessibilityFaults = async (root: Element): Promise<string[]> => {
  const { violations } = await axe.run(root, {
    resultTypes: ['violations'],
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
};

/** Tokens are light-dark(): one attribute turns the whole page. */
export const inTheme = (theme: 'light' | 'dark'): void => {
  document.documentElement.dataset['theme'] = theme;
};

const rootsIn = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
  root,
  ...[...root.querySelectorAll('*')].flatMap((one) =>
    one.shadowRoot ? rootsIn(one.shadowRoot) : [],
  ),
];

/** Nothing fades or slides any more, in any shadow root: half-faded text has half its contrast. */
export const settled = async (): Promise<void> => {
  const all = rootsIn(document).flatMap((root) => root.getAnimations());
  const ending = all.filter(
    (one) => one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity,
  );
  if (ending.length === 0) return;
  // One that is cancelled has ended too, and another may run in its place.
  await Promise.allSettled(ending.map((one) => one.finished));
  await settled();
};
