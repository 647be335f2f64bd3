/** Builds the mixer if its sources changed; returns the path of the binary. Throws one clear sentence. */
export declare const buildMixer: () => { path: string; built: boolean };

/** Compiles into `folder` for another machine; the player there finds it by its name. Throws one clear sentence. */
export function compileMixer(folder: string, arch: string, compiler: string): void;
