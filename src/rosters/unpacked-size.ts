import { SheetRefused } from './sheet-problem.ts';

/** A year of three shifts a day unpacks to less than a tenth. */
const MAX_UNPACKED_BYTES = 32 * 1024 * 1024;
const MAX_ENTRIES = 500;

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;

/**
 * Refuses a ZIP that would unpack to more than 32 MiB, before anything is unpacked. Reads the same directory as the reader of
 * spreadsheets, which unpacks no entry beyond the size it states there; one that states none has no bound, and ZIP64 is for
 * files beyond 4 GB. Throws {@link SheetRefused}; gives the names of the entries.
 */
export function checkUnpackedSize(zip: Uint8Array): string[] {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
  const end = endOf(view);
  const entries = view.getUint16(end + 10, true);
  if (entries > MAX_ENTRIES) throw new SheetRefused('FILE_UNPACKS_TOO_LARGE');
  const names: string[] = [];
  let [at, unpacked] = [view.getUint32(end + 16, true), 0];
  for (let i = 0; i < entries; i++) {
    if (at + ENTRY_BYTES > zip.length || view.getUint32(at, true) !== ENTRY_SIGNATURE)
      throw new SheetRefused('NO_SPREADSHEET');
    const [packed, size] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
    unpacked += size === 0 && packed > 2 ? Infinity : size;
    const name = view.getUint16(at + 28, true);
    names.push(new TextDecoder().decode(zip.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + name)));
    at += ENTRY_BYTES + name + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (unpacked > MAX_UNPACKED_BYTES) throw new SheetRefused('FILE_UNPACKS_TOO_LARGE');
  return names;
}

function endOf(view: DataView): number {
  const first = Math.max(0, view.byteLength - END_BYTES - 0xffff);
  for (let at = view.byteLength - END_BYTES; at >= first; at--)
    if (view.getUint32(at, true) === END_SIGNATURE) return at;
  throw new SheetRefused('NO_SPREADSHEET');
}
