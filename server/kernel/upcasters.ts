/**
 * `(type, version) → version + 1`, pure. An event type's current version is one more than its
 * highest upcaster; a type without upcasters is at version 1.
 */
export type Upcasters = Readonly<
  Record<string, Readonly<Record<number, (data: never) => Record<string, unknown>>>>
>;

export type Upcast = {
  /** The version that new events of this type are written with. */
  versionOf(type: string): number;
  /** Data of any stored version in today's shape. @throws Error for a version from the future */
  upcast(type: string, version: number, data: unknown): Record<string, unknown>;
};

/** All modules' upcasters; an event type belongs to one module. */
export const mergeUpcasters = (lists: readonly Upcasters[]): Upcasters => {
  const merged: Record<string, Upcasters[string]> = {};
  for (const [type, steps] of lists.flatMap((list) => Object.entries(list))) {
    if (merged[type]) throw new Error(`two modules bring upcasters for ${type}`);
    merged[type] = steps;
  }
  return merged;
};

export const createUpcast = (upcasters: Upcasters): Upcast => {
  const versions = new Map<string, number>();
  for (const [type, steps] of Object.entries(upcasters)) {
    const count = Object.keys(steps).length;
    for (let version = 1; version <= count; version++) {
      if (!steps[version])
        throw new Error(`${type}: the upcaster from version ${version} is missing`);
    }
    versions.set(type, count + 1);
  }
  const versionOf = (type: string) => versions.get(type) ?? 1;
  return {
    versionOf,
    upcast(type, version, data) {
      const current = versionOf(type);
      if (version > current) {
        throw new Error(
          `${type} has version ${version} in the log, but this Encore knows up to ${current}: it was written by a newer Encore`,
        );
      }
      let shape = data as Record<string, unknown>;
      for (let from = version; from < current; from++) {
        const step = upcasters[type]?.[from];
        if (!step) throw new Error(`${type}: the upcaster from version ${from} is missing`);
        shape = step(shape as never);
      }
      return shape;
    },
  };
};
