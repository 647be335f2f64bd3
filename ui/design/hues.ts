/** The eight hues of the pads. All share one lightness and chroma, so that no category shouts. */
export const hues = [20, 52, 100, 145, 185, 230, 295, 345] as const;
export type Hue = (typeof hues)[number];
