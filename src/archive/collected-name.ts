import { z } from 'zod';

/** Of a zip of several bundles: which there are, by file. */
export const COLLECTION = 'bundles.json';

export interface Collected {
  id: string;
  number: string | null;
}

/** What a bundle is called among others. */
export const collectedName = ({ id, number }: Collected): string => `${number ?? id}.zip`;

/** `bundles.json`: every bundle of an export, in its order. */
export const collectionSchema = z.array(
  z.object({ file: z.string(), id: z.uuid(), number: z.string().nullable() }),
);
export type CollectionLine = z.infer<typeof collectionSchema>[number];
