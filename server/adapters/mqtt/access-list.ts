import type { Identity } from '../../kernel/door.ts';
import { topicNameOf } from '../../kernel/topic-names.ts';
import { coversAny } from './topic-filters.ts';

export type AccessList = {
  mayPublish(identity: Identity, topic: string): boolean;
  /** Filters by containment, topics as they are: asked again on delivery. */
  mayHear(identity: Identity, filter: string): boolean;
  /** Where we may write an answer for this identity; null is the house. */
  mayBeAnswered(identity: Identity | null, topic: string): boolean;
  replyTopic(identity: Identity | null, reply: string): string;
};

export type AccessSettings = {
  readonly baseTopic: string;
  readonly room: string;
  /** Where Home Assistant looks for devices. */
  readonly discoveryPrefix: string;
};

export type AclKind = 'user' | 'device' | 'bridge' | 'admin';

const isAdmin = ({ role, scopes }: Identity) =>
  role === 'admin' && (scopes === null || scopes.has('admin'));

/** By which row of the access table this identity is held. */
export const aclKindOf = (identity: Identity): AclKind => {
  const kind = identity.mqtt?.kind ?? 'user';
  return kind === 'user' && isAdmin(identity) ? 'admin' : kind;
};

/** What the answers to the house are written to. */
export const houseName = 'house';

const within = (topic: string, above: string) => topic === above || topic.startsWith(`${above}/`);

/** Who may say and hear what. */
export const createAccessList = (settings: AccessSettings): AccessList => {
  const { baseTopic, room, discoveryPrefix } = settings;
  const prefix = `${baseTopic}/${room}`;

  const ownReplies = (identity: Identity | null) =>
    `${prefix}/reply/${identity ? topicNameOf(identity) : houseName}/#`;

  /** A grant is for other people's topics: never for ours, nor for those of other devices. */
  const granted = (identity: Identity): string[] =>
    (identity.mqtt?.prefixes ?? []).flatMap((grant) => {
      const above = grant.replace(/\/#?$/, '');
      const reserved = [baseTopic, discoveryPrefix, 'dev'];
      const clashes = reserved.some((one) => within(above, one) || within(one, above));
      return above === '' || /[+#]|^\$/.test(above) || clashes ? [] : [`${above}/#`];
    });

  const ofDevice = (identity: Identity) => [`dev/${topicNameOf(identity)}/#`, ...granted(identity)];
  const ofUser = (identity: Identity) => [
    `${prefix}/status`,
    `${prefix}/info`,
    `${prefix}/event/#`,
    // One level: other people's states are further down.
    `${prefix}/state/+`,
    `${prefix}/state/jobs/#`,
    `${prefix}/state/users/${topicNameOf(identity)}/#`,
    ownReplies(identity),
  ];
  const ofBridge = (identity: Identity) => [
    `${baseTopic}/#`,
    `${discoveryPrefix}/#`,
    ...granted(identity),
  ];

  const everything = (filter: string) => !filter.startsWith('$');
  // A filter `cmd/#` would take `cmd` as well, where nothing is a command.
  const isCommand = (topic: string) => topic.startsWith(`${prefix}/cmd/`);

  return {
    mayPublish(identity, topic) {
      switch (aclKindOf(identity)) {
        case 'admin':
          return everything(topic);
        case 'bridge':
          return (
            isCommand(topic) || coversAny([`${discoveryPrefix}/#`, ...granted(identity)], topic)
          );
        case 'device':
          return coversAny(ofDevice(identity), topic);
        case 'user':
          return isCommand(topic);
      }
    },
    mayHear(identity, filter) {
      switch (aclKindOf(identity)) {
        case 'admin':
          return everything(filter);
        case 'bridge':
          return coversAny(ofBridge(identity), filter);
        case 'device':
          return coversAny(ofDevice(identity), filter);
        case 'user':
          return coversAny(ofUser(identity), filter);
      }
    },
    mayBeAnswered: (identity, topic) =>
      !/[+#]/.test(topic) &&
      (identity !== null && aclKindOf(identity) === 'admin'
        ? everything(topic)
        : coversAny([ownReplies(identity)], topic)),
    replyTopic: (identity, reply) => ownReplies(identity).replace(/#$/, reply),
  };
};
