import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { askRosters, toldIfRefused } from './roster-server.ts';

/** `fenghuo roster export`: writes a body's roster as a sheet. Throws when called wrongly. */
export async function rosterExport(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { body: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  const format = /\.(xlsx|csv)$/i.exec(file ?? '')?.[1]?.toLowerCase();
  if (file === undefined || format === undefined || more.length > 0 || values.body === undefined)
    throw new Error('roster export takes --body ID and one FILE.xlsx or FILE.csv');
  const { body, ...window } = values;
  const query = new URLSearchParams({ format, ...window });
  return toldIfRefused(async () => {
    const answer = await askRosters(`${encodeURIComponent(body)}/export?${query}`, undefined, 'GET');
    await writeFile(file, new Uint8Array(await answer.arrayBuffer()));
    console.log(`Written: ${file}`);
    return 0;
  });
}
