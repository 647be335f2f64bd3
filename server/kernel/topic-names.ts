/** Whoever calls themselves by another's id must not hear what is meant for that one. */
const looksLikeId = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** How somebody is called in topics: the account's name where it can stand there, else its id. */
export const topicNameOf = ({
  name,
  actor,
}: {
  readonly name: string;
  readonly actor: string;
}): string => (/[/+#\p{Cc}]|^\$/u.test(name) || looksLikeId.test(name) ? actor : name);
