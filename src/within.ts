/** Thrown by {@link within}. */
export class TookTooLong extends Error {
  override name = 'TookTooLong';
}

/** `work`, or a rejection with {@link TookTooLong} when it takes longer than `ms` milliseconds. The work itself goes on; its later failure is not lost silently to Node. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TookTooLong(`took longer than ${ms} ms`)), ms);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
