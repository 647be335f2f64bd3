import { z } from 'zod';
import { done, refuse, type Answer, type CommandRequest } from '../kernel/command-bus.ts';
import type { Identity } from '../kernel/door.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { ProblemError } from '../kernel/problem.ts';
import { provider as providerSchema, type LinkedIdentity, type Provider } from './contract.ts';
import { userDecider } from './decider.ts';
import { userStream } from './events.ts';
import { userProblem, type AccountRefusal } from './problems.ts';
import {
  checks,
  provenIdentity,
  type ProvenIdentity,
  type ProviderClient,
} from './provider-clients.ts';
import type { UserQueries } from './queries.ts';
import type { Registration } from './registration.ts';
import type { SealedNotes } from './sealed-notes.ts';
import { by, type Sessions, type SignedInWithCookies, type Visitor } from './sessions.ts';

const flowNote = z.object({ provider: providerSchema, checks, invite: z.string().optional() });
const linkNote = z.object({
  provider: providerSchema,
  proven: provenIdentity,
  /** Who may confirm, and nobody else on the same device. */
  user_id: z.string(),
});

type Arrival =
  | { readonly kind: 'signed_in'; readonly signedIn: SignedInWithCookies }
  /** Proven, and for an account that exists: its owner has to confirm, with this note. */
  | { readonly kind: 'link'; readonly note: string };

const nameCharactersMax = 60;
const namesTriedMax = 100;

/** Sign-in with other people's accounts elsewhere. Functions throw `ProblemError` for a refusal. */
export const createIdentities = (
  kernel: Kernel,
  ports: {
    clients: ReadonlyMap<Provider, ProviderClient>;
    publicUrl: string;
    notes: SealedNotes;
    queries: UserQueries;
    sessions: Sessions;
    registration: Registration;
  },
) => {
  const { bus, clock, storage, logger } = kernel;
  const { clients, notes, queries, sessions, registration } = ports;
  const insert = storage.prepare('INSERT INTO identities VALUES (?, ?, ?, ?, ?)');
  const remove = storage.prepare('DELETE FROM identities WHERE user_id = ? AND provider = ?');
  const ownerOf = storage
    .prepare<[Provider, string], string>(
      'SELECT user_id FROM identities WHERE provider = ? AND subject = ?',
    )
    .pluck();
  const identitiesOf = storage.prepare<
    [string],
    { provider: Provider; label: string; linked_at: number }
  >('SELECT provider, label, linked_at FROM identities WHERE user_id = ? ORDER BY provider');

  const clientOf = (provider: Provider): ProviderClient => {
    const client = clients.get(provider);
    if (!client) throw userProblem({ code: 'provider_off' });
    return client;
  };
  const redirectUri = (provider: Provider) => `${ports.publicUrl}/api/v1/auth/${provider}/callback`;
  const labelOf = ({ email, name }: ProvenIdentity) => email ?? name;

  const freeName = (wanted: string): string => {
    const bare = (wanted.split('@')[0] ?? '').trim().slice(0, nameCharactersMax) || 'Someone';
    const names = Array.from({ length: namesTriedMax }, (_, n) => (n ? `${bare} ${n + 1}` : bare));
    const free = names.find((name) => !queries.isLoginTaken(name, ''));
    if (free === undefined) throw userProblem({ code: 'name_taken' });
    return free;
  };

  const finish = async (provider: Provider, search: string, flow: z.output<typeof flowNote>) => {
    try {
      const callback = new URL(`${redirectUri(provider)}${search}`);
      return provenIdentity.parse(await clientOf(provider).finish(callback, flow.checks));
    } catch (error) {
      if (error instanceof ProblemError) throw error;
      logger.warn({ err: error, provider }, 'a sign-in with a provider failed');
      throw userProblem({ code: 'provider_failed' });
    }
  };

  const register = async (
    request: CommandRequest,
    provider: Provider,
    proven: ProvenIdentity,
    invite: string | undefined,
  ): Promise<string> => {
    const userId = kernel.ids();
    const outcome = await bus.execute(by(request, userId), (tx): Answer<null, AccountRefusal> => {
      if (ownerOf.get(provider, proven.subject)) return refuse({ code: 'identity_taken' });
      const { email } = proven;
      const newcomer = { userId, name: freeName(proven.name), email, passwordHash: null };
      const admitted = registration.admitIn(tx, newcomer, invite);
      if (!admitted.ok) return admitted;
      const command = { type: 'LinkIdentity', user_id: userId, provider } as const;
      tx.decide(userDecider, userStream(userId), command);
      insert.run(provider, proven.subject, userId, labelOf(proven), tx.at);
      return done(null);
    });
    if (!outcome.ok) throw userProblem(outcome.reason);
    return userId;
  };

  return {
    async begin(provider: Provider, invite: string | undefined) {
      const client = clientOf(provider);
      const { url, checks: made } = await client
        .begin(redirectUri(provider))
        .catch((err: unknown) => {
          logger.warn({ err, provider }, 'a provider cannot be reached');
          throw userProblem({ code: 'provider_failed' });
        });
      const note = { provider, checks: made, ...(invite === undefined ? {} : { invite }) };
      return { url: url.href, note: await notes.seal('flow', note, clock.now()) };
    },

    /** `search` is what the provider sent, as it came. */
    async arrive(
      request: CommandRequest,
      arrival: {
        provider: Provider;
        search: string;
        note: string | undefined;
        identity: Identity | null;
        visitor: Visitor;
      },
    ): Promise<Arrival> {
      const { provider, visitor } = arrival;
      const flow = await notes.open('flow', flowNote, arrival.note, clock.now());
      if (flow?.provider !== provider) throw userProblem({ code: 'sign_in_expired' });
      const proven = await finish(provider, arrival.search, flow);
      const owner = ownerOf.get(provider, proven.subject);
      if (owner !== undefined) {
        const signedIn = await sessions.open(request, owner, visitor, provider);
        return { kind: 'signed_in', signedIn };
      }
      const { email } = proven;
      const byAddress = email === null ? undefined : queries.byLogin(email)?.user_id;
      const user_id = arrival.identity?.actor ?? byAddress;
      if (user_id !== undefined) {
        const note = await notes.seal('link', { provider, proven, user_id }, clock.now());
        return { kind: 'link', note };
      }
      const userId = await register(request, provider, proven, flow.invite);
      return {
        kind: 'signed_in',
        signedIn: await sessions.open(request, userId, visitor, provider),
      };
    },

    /** The owner, signed in, says that the identity just proven in this browser is theirs. */
    async confirm(request: CommandRequest, user_id: string, sealed: string | undefined) {
      const link = await notes.open('link', linkNote, sealed, clock.now());
      if (link?.user_id !== user_id) throw userProblem({ code: 'sign_in_expired' });
      const { provider, proven } = link;
      const outcome = await bus.execute(
        by(request, user_id),
        (tx): Answer<null, AccountRefusal> => {
          if (ownerOf.get(provider, proven.subject)) return refuse({ code: 'identity_taken' });
          const command = { type: 'LinkIdentity', user_id, provider } as const;
          const decision = tx.decide(userDecider, userStream(user_id), command);
          if (!decision.accepted) return refuse(decision.reason);
          insert.run(provider, proven.subject, user_id, labelOf(proven), tx.at);
          return done(null);
        },
      );
      if (!outcome.ok) throw userProblem(outcome.reason);
      return outcome.position;
    },

    list: (userId: string): LinkedIdentity[] =>
      identitiesOf.all(userId).map(({ provider, label, linked_at }) => ({
        provider,
        label,
        linked_at: new Date(linked_at).toISOString(),
      })),

    async unlink(request: CommandRequest, user_id: string, provider: Provider) {
      const outcome = await bus.execute(request, (tx) => {
        const command = { type: 'UnlinkIdentity', user_id, provider } as const;
        const decision = tx.decide(userDecider, userStream(user_id), command);
        if (!decision.accepted) return refuse(decision.reason);
        remove.run(user_id, provider);
        return done(null);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      return outcome.position;
    },
  };
};
export type Identities = ReturnType<typeof createIdentities>;
