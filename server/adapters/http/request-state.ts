/** What the door remembers of a request, in `ctx.state`. */
export type RequestState = {
  requestId: string;
  receivedAtMs: number;
  actor?: string;
};
