import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** MiB that this process holds on to, buffers included, once all that is garbage has been taken away. */
export const liveMemoryMiB = (): number => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 2 ** 20;
};
