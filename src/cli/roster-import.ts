import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { z } from 'zod';
import type { importedSchema, previewSchema } from '../api/schemas-rosters.ts';
import { askRosters, toldIfRefused } from './roster-server.ts';

type Preview = z.infer<typeof previewSchema>;

/** `fenghuo roster import`: previews a sheet and, with `--apply`, imports what was shown. Throws when called wrongly. */
export async function rosterImport(words: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: words,
    options: { body: { type: 'string' }, apply: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || values.body === undefined)
    throw new Error('roster import takes one FILE and --body ID');
  const bytes = await readFile(file);
  const body = encodeURIComponent(values.body);
  return toldIfRefused(async () => {
    const preview = (await (await askRosters(`${body}/preview`, bytes)).json()) as Preview;
    for (const line of linesOf(preview)) console.log(line);
    if (preview.problems.length > 0) return 1;
    if (!values.apply) {
      console.log('Nothing is imported yet: say it again with --apply.');
      return 0;
    }
    const answer = await askRosters(`${body}?preview=${preview.preview}`, bytes);
    const { nr } = (await answer.json()) as z.infer<typeof importedSchema>;
    console.log(`Imported as number ${nr}. To take it back: fenghuo roster undo --body ${values.body}`);
    return 0;
  });
}

function linesOf({ problems, notices, changes, from, to, turns }: Preview): string[] {
  if (problems.length > 0)
    return [
      `值班表有 ${problems.length} 处错误，未导入任何内容：`,
      ...problems.map(
        ({ row, column, code, text, todo }) => `  第 ${row} 行${column ?? ''} ${code}：${text}。${todo}`,
      ),
    ];
  return [
    `${from} 至 ${to}，${turns} 个班次，${changes.length} 处变化`,
    ...notices.map((notice) => `  注意：${notice}`),
    ...changes.map(
      ({ date, shift, before, after }) => `  ${date} ${shift}：${inWords(before)} → ${inWords(after)}`,
    ),
  ];
}

const inWords = (names: string[] | null): string => (names ? names.join('、') || '无人' : '无此班次');
