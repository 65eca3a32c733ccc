import { writeFile } from 'node:fs/promises';

/** What the bench says: how far it is, and what it has found, which also goes into a file. */
export interface Report {
  /** How far it is. For the terminal alone. */
  progress(line: string): void;
  /** A finding, as Markdown. Written to the file at once: a run that is broken off leaves what it had. */
  finding(text: string): Promise<void>;
}

export function createReport(file: string | undefined): Report {
  const found: string[] = [];
  return {
    progress: (line) => console.log(line),
    async finding(text) {
      console.log(`\n${text}\n`);
      found.push(text);
      if (file) await writeFile(file, `${found.join('\n\n')}\n`);
    },
  };
}
