/** Builds the mixer if its sources changed; returns the path of the binary. Throws one clear sentence. */
export declare const buildMixer: () => { path: string; built: boolean };
