import segments from 'sms-segments-calculator';

/**
 * How many texts a phone company sends and bills for `text`: GSM-7 where every character is of it (160, then 153 a part,
 * `€[]{}` and the like counting twice), else UCS-2 (70 UTF-16 units, then 67 a part). A surrogate pair is never split.
 */
export const smsParts = (text: string): number => new segments.SegmentedMessage(text).segmentsCount;
