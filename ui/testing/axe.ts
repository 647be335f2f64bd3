import axe from 'axe-core';

const theme = (): string | undefined => document.documentElement.dataset['theme'];

/**
 * What axe finds wrong below an element, one line each; page-level rules do not apply to a part. The
 * themes differ by nothing but colours: in the dark one nothing else is looked at.
 */
export const accessibilityFaults = async (root: Element): Promise<string[]> => {
  const { violations } = await axe.run(root, {
    resultTypes: ['violations'],
    ...(theme() === 'dark'
      ? { runOnly: ['color-contrast', 'link-in-text-block'] }
      : { rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } } }),
  });
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
  );
};

/** Tokens are light-dark(): one attribute turns the whole page. */
export const inTheme = (theme: 'light' | 'dark'): void => {
  document.documentElement.dataset['theme'] = theme;
};
