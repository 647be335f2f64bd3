/** Light modules around the code, without which readers do not find it. */
export const quietModules = 4;

/**
 * A QR code as one SVG path in a square of `size` modules, quiet zone included. The level of error
 * correction is M: a screen has no scratches, but glare.
 */
export const qrPath = (
  modules: readonly (readonly boolean[])[],
): { path: string; size: number } => {
  const runs = modules.flatMap((row, y) => {
    const drawn: string[] = [];
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      drawn.push(
        `M${from + quietModules} ${y + quietModules}h${x + 1 - from}v1H${from + quietModules}z`,
      );
    }
    return drawn;
  });
  return { path: runs.join(''), size: modules.length + 2 * quietModules };
};
