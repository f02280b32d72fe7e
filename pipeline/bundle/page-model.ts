import type {Status} from "../attainment/contract.ts";
import type {ChartTable} from "../charts/contract.ts";

/**
 * Everything that a page says, as text ready to be read: HTML and PDF are drawn from the same model and add no word
 * and no number of their own, so they can't differ.
 */
export interface PageModel {
  readonly language: "en";
  /** Of the project. */
  readonly project: string;
  /** Of the report: "Quarterly report". */
  readonly title: string;
  /** "1 January to 31 March 2024" */
  readonly subtitle: string;
  /** Period, counted through, known as of, edition, issue: printed under the title. */
  readonly facts: readonly Fact[];
  /** True until it is published under a number: DRAFT stands on each page. */
  readonly draft: boolean;
  /** Says that the numbers come from synthetic extracts; null when none does. Stands on each page. */
  readonly synthetic: string | null;
  /** The project's own sentence for every page, such as who did not issue this. */
  readonly notice: string | null;
  readonly sections: readonly Section[];
}

export interface Fact {
  readonly term: string;
  readonly value: string;
}

export interface Section {
  /** Unique in the page, without blanks: its anchor. */
  readonly id: string;
  readonly title: string;
  /** Whether it begins a sheet of paper. */
  readonly new_page: boolean;
  /** Stands beside the title: where the target of this section is. */
  readonly status: Status | null;
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

export type Block =
  | {readonly kind: "text"; readonly text: string; readonly style: "lead" | "body" | "quiet"}
  | {readonly kind: "heading"; readonly text: string}
  /** How many binding targets stand where. */
  | {readonly kind: "tally"; readonly items: readonly {readonly status: Status; readonly count: string}[]}
  | {readonly kind: "items"; readonly items: readonly Item[]}
  | {readonly kind: "figures"; readonly items: readonly Figure[]}
  | {readonly kind: "facts"; readonly items: readonly Fact[]}
  | TableBlock
  | ChartBlock;

/** One entry of a list: a title that leads to its section, and what is said of it. */
export interface Item {
  readonly title: string;
  readonly section: string | null;
  readonly status: Status | null;
  readonly text: string;
}

/** One number, large, with what it is. */
export interface Figure {
  readonly term: string;
  readonly value: string;
  readonly note: string;
}

export interface TableBlock {
  readonly kind: "table";
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly {readonly title: string; readonly numeric: boolean}[];
  /** Rows under a title of their own; one group without a title where there are none. */
  readonly groups: readonly {readonly title: string | null; readonly rows: readonly (readonly Cell[])[]}[];
  /** Shares of the width on paper, one a column. */
  readonly widths: readonly number[];
  /** On a phone: each row as a card, or the table scrolling in a frame of its own. */
  readonly narrow: "cards" | "scroll";
}

/** The first cell of a row is its header. */
export interface Cell {
  readonly status: Status | null;
  readonly text: string;
  /** Said under it, smaller. */
  readonly note: string | null;
  readonly section: string | null;
}

export interface ChartBlock {
  readonly kind: "chart";
  readonly id: string;
  readonly title: string;
  readonly alt_text: string;
  readonly svg: string;
  /** The same for a narrow screen. */
  readonly narrow_svg: string;
  readonly table: ChartTable;
  /** Shares of the table's width on paper, one a column. */
  readonly widths: readonly number[];
  /** What stands over the table. */
  readonly table_title: string;
  /** Where paper prints these numbers already, and how it says so; null: the table stands under the chart. */
  readonly elsewhere: {readonly section: string; readonly text: string} | null;
}

/** plain("1,828") //=> a cell of text alone */
export function plain(text: string): Cell {
  return {status: null, text, note: null, section: null};
}
