/**
 * Whether nothing fades or slides any more below a root: half-faded text has half its contrast. A
 * document alone does not tell of shadow trees. What goes on for ever, such as a skeleton's breath,
 * does not count. Names nothing but itself: Playwright carries its text over into pages.
 */
export function isSettled(root: Document | ShadowRoot = document): boolean {
  const moves = (one: Animation): boolean =>
    one.playState === 'running' && one.effect?.getComputedTiming().iterations !== Infinity;
  return (
    !root.getAnimations().some(moves) &&
    [...root.querySelectorAll('*')].every((one) => !one.shadowRoot || isSettled(one.shadowRoot))
  );
}
