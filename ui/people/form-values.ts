/** What stands in a field as it was typed: for passwords. */
export const typedIn = (data: FormData, name: string): string => {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
};

/** What stands in a field, without the spaces around it. */
export const textIn = (data: FormData, name: string): string => typedIn(data, name).trim();
