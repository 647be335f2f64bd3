/**
 * Waits until nothing fades or slides any more: half-faded text has half its contrast. A document
 * alone does not tell of shadow trees. What goes on for ever, such as a skeleton's breath, does not
 * count. It sleeps between looks, since a page that looks in each frame keeps drawing. Names nothing
 * but itself: Playwright carries its text over into pages.
 */
export async function settled(): Promise<void> {
  const moves = (one: Animation): boolean =>
    one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity;
  const movesBelow = (root: Document | ShadowRoot): Animation[] => [
    ...root.getAnimations().filter(moves),
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) =>
      shadowRoot ? movesBelow(shadowRoot) : [],
    ),
  ];
  let left = movesBelow(document);
  while (left.length > 0) {
    await Promise.allSettled(left.map(({ finished }) => finished));
    left = movesBelow(document);
  }
}
