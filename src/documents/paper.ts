/**
 * A document's text as it was composed: what is drafted, signed and kept. The same paper gives the same .docx and preview.
 *
 * - `letter`: 信函格式, between bodies of no hierarchy (函)
 * - `headed`: under a red head (通报)
 * - `upward`: under a red head with 签发人 (报告, 请示)
 * - `plain`: neither head nor number (记录)
 */
export interface Paper {
  form: PaperForm;
  /** The issuing body as its head names it. */
  issuer: string;
  /** 特急, 加急; null for neither. */
  urgency: string | null;
  title: string;
  /** Without its colon; null for none. */
  addressee: string | null;
  blocks: Block[];
  annexes: Annex[];
  /** Who stands below the text: the issuing body, or whoever kept a record. */
  signature: string;
  /** Whether room is left for a seal, which a person puts on the printed paper: none is ever drawn. */
  sealed: boolean;
  /** 抄送 */
  copies: string[];
  drill: boolean;
}

export const PAPER_FORMS = ['letter', 'headed', 'upward', 'plain'] as const;
export type PaperForm = (typeof PAPER_FORMS)[number];

/** 一、 →（一）→ 1. →（1）, and the text below them. */
export const TEXT_KINDS = ['h1', 'h2', 'h3', 'h4', 'p'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

export interface TextBlock {
  kind: TextKind;
  text: string;
}

/** `widths` are shares of the type area's width. */
export interface TableBlock {
  kind: 'table';
  head: string[];
  widths: number[];
  rows: string[][];
}

export type Block = TextBlock | TableBlock;

/** 附件: each begins on a page of its own. */
export interface Annex {
  title: string;
  blocks: Block[];
}

/** What the sign-off adds to a paper. */
export interface Issue {
  /** 发文字号, e.g. 演司矫〔2026〕3号; null before the sign-off, and for a record. */
  number: string | null;
  /** 成文日期, that of the sign-off: 2026年3月4日. */
  date: string | null;
  /** Who signed it off, by name. */
  signer: string | null;
  /** What stands on every page of a paper that is not signed: 未签发·先行告知. */
  stamp: string | null;
}

/** Unsigned, and not to be sent: what leaves the county is signed. */
export const STAYS = '未签发·不得报送';

export const UNSIGNED: Issue = { number: null, date: null, signer: null, stamp: '未签发·先行告知' };
