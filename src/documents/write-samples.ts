import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compose } from './compose.ts';
import { renderDocx } from './docx.ts';
import type { KnownIncident } from './known-incident.ts';
import { loadTemplates } from './load-templates.ts';
import { STAYS, UNSIGNED, type Issue } from './paper.ts';
import { sampleKnown, sampleSource } from './sample-source.ts';
import type { DocumentTemplate } from './template.ts';

/** What a drafter might write, by the label of a field: long enough to fill lines. */
const written = ({ fields }: DocumentTemplate): Record<string, string> =>
  Object.fromEntries(
    Object.entries(fields)
      .flatMap(([name, { label, suggested }]) => (suggested === undefined ? [[name, label] as const] : []))
      .map(([name, label]) => [
        name,
        name === 'addressee'
          ? '虚构旗人民法院'
          : `（示例）${label}：经核实，有关情况已按预案处置，各环节均有登记，详见证据目录。`,
      ]),
  );

/** The fictional case: a drill for its summary, and of the kind of sentence that a template is for. */
function knownFor({ key, onlyFor }: DocumentTemplate): KnownIncident {
  const known = sampleKnown({ drill: key === 'drill-summary' });
  const [correctionType = known.facts.correctionType] = onlyFor;
  return { ...known, facts: { ...known.facts, correctionType } };
}

/** Writes every document of a folder of templates from the fictional case, signed and as a draft. Gives the files' names. */
export async function writeSamples(templatesAt: string, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const { templates, bodies } = loadTemplates(templatesAt);
  const files: string[] = [];
  for (const template of templates.values()) {
    const { paper } = compose(
      template,
      sampleSource({
        bodies,
        incident: knownFor(template),
        fields: written(template),
        old: template.withdraws.length
          ? {
              number: '演司矫通〔2026〕3号',
              title: '关于测试人1失去联系查找未果的书面通知',
              date: '2026年3月4日',
              act: 'withdraws',
            }
          : null,
      }),
    );
    const number = template.code ? `演司${template.code}〔2026〕3号` : null;
    const signed: Issue = { number, date: '2026年3月4日', signer: '演示副局长', stamp: null };
    for (const [name, issue] of [
      ['signed', signed],
      ['draft', template.beyondCounty ? { ...UNSIGNED, stamp: STAYS } : UNSIGNED],
    ] as const) {
      const file = join(folder, `${template.key}-${name}.docx`);
      writeFileSync(file, await renderDocx(paper, issue));
      files.push(file);
    }
  }
  return files;
}
