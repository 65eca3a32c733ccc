/* Writes a sample of every document template as .docx: node scripts/document-samples.mjs FOLDER */
import { register } from 'tsx/esm/api';

register();
const { writeSamples } = await import('../src/documents/write-samples.ts');
const files = await writeSamples('plans/documents', process.argv[2] ?? 'document-samples');
console.log(files.join('\n'));
