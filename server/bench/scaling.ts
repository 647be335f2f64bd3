export const scaling = { name: 'scaling', run: () => [] };
