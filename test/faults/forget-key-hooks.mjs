/** Replaces the delivery log by one that lets everybody send whatever they are asked to. */
export async function load(url, context, next) {
  const loaded = await next(url, context);
  if (!url.includes('/src/activities/delivery-log.ts')) return loaded;
  const source = String(loaded.source);
  const forgets = source.replace(
    /async claim\(([^)]*\bperson)\)\s*\{/,
    "async claim($1) { return { state: 'claimed', person, attempt: 1, firstAttempt: 1 };",
  );
  if (forgets === source) throw new Error('There is nothing to break: the delivery log claims otherwise.');
  return { ...loaded, source: forgets };
}
