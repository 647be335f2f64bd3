/** Whether nothing fades or slides below a root; a document alone does not tell of shadow trees. */
export const isSettled = (root: Document | ShadowRoot): boolean =>
  root.getAnimations().every((one) => one.playState !== 'running') &&
  [...root.querySelectorAll('*')].every((one) => !one.shadowRoot || isSettled(one.shadowRoot));
