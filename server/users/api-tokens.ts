import { done, refuse, type CommandRequest } from '../kernel/command-bus.ts';
import type { Kernel } from '../kernel/kernel.ts';
import type { ApiToken, ApiTokenBody } from './contract.ts';
import { userDecider } from './decider.ts';
import { userStream } from './events.ts';
import { userProblem } from './problems.ts';
import { makeApiToken, sha256 } from './secrets.ts';
import type { TokenRow, UserQueries } from './queries.ts';

const toApiToken = (row: TokenRow): ApiToken => ({
  id: row.id,
  name: row.name,
  scopes: JSON.parse(row.scopes) as ApiToken['scopes'],
  kind: row.kind,
  prefixes: JSON.parse(row.prefixes) as string[],
  act_as: row.act_as === 1,
  expires_at: row.expires_at,
  created_at: new Date(row.created_at).toISOString(),
});

/** API tokens: shown once, stored as a hash. Functions throw `ProblemError` for a refusal. */
export const createApiTokens = (
  kernel: Kernel,
  ports: { queries: UserQueries; tokenEnded: (tokenId: string) => void },
) => {
  const insertSecret = kernel.storage.prepare('INSERT INTO api_token_secrets VALUES (?, ?, ?)');
  const deleteSecret = kernel.storage.prepare('DELETE FROM api_token_secrets WHERE token_id = ?');
  const tokensOf = (userId: string) => ports.queries.tokensOf(userId).map(toApiToken);

  return {
    list: tokensOf,

    /** `token` is undefined for a repeated request: it was shown with the first answer. */
    async issue(request: CommandRequest, userId: string, body: ApiTokenBody) {
      const secret = makeApiToken();
      const outcome = await kernel.bus.execute(request, (tx) => {
        const tokenId = tx.newId();
        const decision = tx.decide(userDecider, userStream(userId), {
          type: 'IssueToken',
          user_id: userId,
          token_id: tokenId,
          scopes: [...new Set(body.scopes)],
          kind: body.kind,
          prefixes: body.prefixes,
          act_as: body.act_as,
          expires_at: body.expires_at ?? null,
        });
        if (!decision.accepted) return refuse(decision.reason);
        insertSecret.run(tokenId, body.name, sha256(secret));
        return done({ tokenId });
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      const { tokenId } = outcome.result;
      const token = tokensOf(userId).find(({ id }) => id === tokenId);
      if (!token) throw userProblem({ code: 'unknown_token' });
      return {
        token,
        secret: outcome.repeated ? undefined : secret,
        position: outcome.position,
      };
    },

    async revoke(request: CommandRequest, userId: string, tokenId: string) {
      const outcome = await kernel.bus.execute(request, (tx) => {
        const command = { type: 'RevokeToken', user_id: userId, token_id: tokenId } as const;
        const decision = tx.decide(userDecider, userStream(userId), command);
        if (!decision.accepted) return refuse(decision.reason);
        deleteSecret.run(tokenId);
        return done(null);
      });
      if (!outcome.ok) throw userProblem(outcome.reason);
      ports.tokenEnded(tokenId);
      return outcome.position;
    },
  };
};
export type ApiTokens = ReturnType<typeof createApiTokens>;
