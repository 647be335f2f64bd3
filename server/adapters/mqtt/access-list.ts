import type { Identity } from '../../kernel/door.ts';
import { coversAny } from './topic-filters.ts';

export type AccessList = {
  mayPublish(identity: Identity, topic: string): boolean;
  /** Filters by containment, topics as they are: asked again on delivery. */
  mayHear(identity: Identity, filter: string): boolean;
  /** Where we may write an answer for this identity. */
  mayBeAnswered(identity: Identity, topic: string): boolean;
  replyTopic(identity: Identity, reply: string): string;
};

const isAdmin = ({ role, scopes }: Identity) =>
  role === 'admin' && (scopes === null || scopes.has('admin'));

/** The account's name where it can stand in a topic, else its id. */
const topicNameOf = ({ name, actor }: Identity): string =>
  /[/+#\p{Cc}]|^\$/u.test(name) ? actor : name;

/** Who may say and hear what below `<base>/<room>`. */
export const createAccessList = (prefix: string): AccessList => {
  const ownReplies = (identity: Identity) => `${prefix}/reply/${topicNameOf(identity)}/#`;
  const heard = (identity: Identity) => [
    `${prefix}/status`,
    `${prefix}/info`,
    `${prefix}/event/#`,
    // One level: other people's states are further down.
    `${prefix}/state/+`,
    `${prefix}/state/jobs/#`,
    `${prefix}/state/users/${topicNameOf(identity)}/#`,
    ownReplies(identity),
  ];
  const everything = (filter: string) => !filter.startsWith('$');
  return {
    mayPublish: (identity, topic) =>
      isAdmin(identity)
        ? everything(topic)
        : // A filter `cmd/#` would take `cmd` as well, where nothing is a command.
          topic.startsWith(`${prefix}/cmd/`),
    mayHear: (identity, filter) =>
      isAdmin(identity) ? everything(filter) : coversAny(heard(identity), filter),
    mayBeAnswered: (identity, topic) =>
      !/[+#]/.test(topic) &&
      (isAdmin(identity) ? everything(topic) : coversAny([ownReplies(identity)], topic)),
    replyTopic: (identity, reply) => `${prefix}/reply/${topicNameOf(identity)}/${reply}`,
  };
};
