import type { Storage } from '../storage.ts';

/** The storage, with `before` called ahead of each prepared statement: to count, delay or fail it. */
export const interceptedStorage = (storage: Storage, before: (sql: string) => void): Storage => {
  const prepare = (sql: string) => {
    const statement = storage.prepare(sql);
    return new Proxy(statement, {
      get(target, name) {
        if (name === 'run' || name === 'get') {
          return (...parameters: unknown[]) => {
            before(sql);
            return target[name](...parameters);
          };
        }
        const member: unknown = Reflect.get(target, name);
        return typeof member === 'function' ? (member.bind(target) as unknown) : member;
      },
    });
  };
  return {
    prepare: prepare as Storage['prepare'],
    exec: storage.exec.bind(storage),
    pragma: storage.pragma.bind(storage),
    close: storage.close.bind(storage),
    name: storage.name,
    get inTransaction() {
      return storage.inTransaction;
    },
  };
};
