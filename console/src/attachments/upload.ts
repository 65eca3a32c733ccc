import { offline, Problem } from '../api/problem.ts';

export const MAX_BYTES = 20 * 1024 * 1024;
export const ACCEPTED = 'image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf,.heic,.docx';

/** Whether a file may be taken, by its name and what the device says; what it truly is, the server sees by its content. */
export const looksTaken = ({ name, type }: File): boolean =>
  /^image\/(jpeg|png|webp|hei[cf])$|^application\/pdf$/.test(type) ||
  /\.(jpe?g|png|webp|hei[cf]|pdf|docx)$/i.test(name);

/** 1.2 MB; 340 KB. */
export const sizeInWords = (bytes: number): string =>
  bytes >= 1_048_576
    ? `${(bytes / 1_048_576).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1_024))} KB`;

/** Twenty megabytes over a bad line. */
const TIMEOUT_MS = 10 * 60_000;

interface Upload {
  incident: string;
  stage: string | null;
  file: File;
  progress(percent: number): void;
}

/**
 * Sends one file as it is. XMLHttpRequest, since fetch tells no progress of what it sends. Throws {@link Problem}; sending again
 * is harmless.
 */
export function upload({ incident, stage, file, progress }: Upload): Promise<void> {
  const request = new XMLHttpRequest();
  const query = stage ? `?stage=${encodeURIComponent(stage)}` : '';
  request.open('POST', `/api/incidents/${incident}/attachments${query}`);
  request.setRequestHeader('x-fenghuo', '1');
  request.setRequestHeader('content-type', file.type || 'application/octet-stream');
  request.setRequestHeader('x-file-name', encodeURIComponent(file.name.slice(-150)));
  return new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progress(Math.round((100 * loaded) / total));
    request.timeout = TIMEOUT_MS;
    request.onerror = () => reject(offline());
    request.ontimeout = () => reject(offline());
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve();
      else reject(new Problem(request.status, parsed(request.responseText)));
    };
    request.send(file);
  });
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
