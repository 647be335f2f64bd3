/** On plain http, as in a home network, there is no clipboard: then the selected field is copied. */
export const copyText = async (text: string, field: HTMLInputElement): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.select();
    return document.execCommand('copy');
  }
};
