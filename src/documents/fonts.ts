/** The official fonts by what they are for. A file names them whether or not the machine has them. */
export const FONTS = {
  /** Heads and titles. */
  xiaobiaosong: '方正小标宋简体',
  /** Body, third and fourth level, 抄送. */
  fangsong: '仿宋_GB2312',
  /** First level. */
  heiti: '黑体',
  /** Second level, and the name of whoever signs. */
  kaiti: '楷体_GB2312',
  /** Page numbers. */
  songti: '宋体',
} as const;

export const OFFICIAL_FONTS: readonly string[] = Object.values(FONTS);
