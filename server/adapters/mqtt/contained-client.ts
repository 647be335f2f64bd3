import type { EventEmitter } from 'node:events';
import type { Client } from 'aedes';
import type { Logger } from '../../kernel/logger.ts';

type Parser = EventEmitter & { parse(bytes: Buffer): number };

/** What the broker throws while it reads what a client says costs that client, and nobody else. */
export const contain = (client: Client, logger: Logger): void => {
  const { _parser: parser } = client as unknown as { readonly _parser: Parser };
  const parse = parser.parse.bind(parser);
  parser.parse = (bytes) => {
    try {
      return parse(bytes);
    } catch (error) {
      logger.error({ err: error }, 'the MQTT broker failed on what a client said, and dropped it');
      parser.emit('error', error);
      return 0;
    }
  };
};
