/** On plain http, as in a home network, there is no clipboard: then the field is filled and copied. */
export const copyLines = async (text: string, field: HTMLTextAreaElement): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field.value = text;
    field.select();
    return document.execCommand('copy');
  }
};
