import { Problem, offline } from '../api/problem.ts';

/**
 * Fetches a file with the session, for a reason where one is given, and has the browser save it. Gives the answer's headers, which
 * may say more of it. Throws {@link Problem}.
 */
export async function download(path: string, reason?: string): Promise<Headers> {
  const headers = { 'x-fenghuo': '1', ...(reason ? { 'x-reason': encodeURIComponent(reason) } : {}) };
  const answer = await fetch(path, { credentials: 'same-origin', headers }).catch(() => {
    throw offline();
  });
  if (!answer.ok)
    throw new Problem(answer.status, (await answer.json().catch(() => ({}))) as Record<string, unknown>);
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? 'file';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return answer.headers;
}
