import type {Status} from "../attainment/contract.ts";
import type {ChartTable} from "../charts/contract.ts";

/** How a target stands: its status, or for a segment that it does not bind, which side of the pace. */
export type Standing = Status | "ahead" | "behind";

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

/**
 * A section on an HTML page of its own, laid out to fit one sheet of paper: all pages lead to each other, and back to
 * the overview, which holds all other sections.
 */
export interface OwnPage {
  /** Relative to the bundle's folder: `areas/area-8.html`. */
  readonly file: string;
  /** As lists of pages name it: "West LA". */
  readonly name: string;
  /** The one key that opens it, a small letter or a digit; null where there are more pages than keys. */
  readonly key: string | null;
  /** Whether it is the first of another type than the page before. */
  readonly begins: boolean;
}

export interface Fact {
  readonly term: string;
  readonly value: string;
  /** Whether a segment's own page leaves it out: its title and its table say it there. */
  readonly overview_only?: boolean;
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
  /** Of a section that stands on its own; absent from all others. */
  readonly page?: OwnPage;
  /** In the contents under a title that it shares with those before and after it, by a shorter name. */
  readonly listed?: {readonly under: string; readonly as: string};
  /** A target in a long report: paper sets two of them side by side, in smaller type. */
  readonly compact?: boolean;
  /** Paper says it elsewhere; nothing leads to it. */
  readonly screen_only?: boolean;
}

export type Block =
  | TextBlock
  | {readonly kind: "heading"; readonly text: string}
  /** How many binding targets stand where. */
  | {readonly kind: "tally"; readonly items: readonly {readonly status: Status; readonly count: string}[]}
  | {readonly kind: "items"; readonly items: readonly Item[]}
  /** `screen_only`: paper has these numbers elsewhere. */
  | {readonly kind: "figures"; readonly items: readonly Figure[]; readonly screen_only?: boolean}
  | {readonly kind: "facts"; readonly items: readonly Fact[]}
  | TableBlock
  | ChartBlock
  /** Charts side by side where there is room. */
  | {readonly kind: "charts"; readonly items: readonly ChartBlock[]};

export interface TextBlock {
  readonly kind: "text";
  readonly text: string;
  readonly style: "lead" | "body" | "quiet";
  /** Says what paper leaves to the screen. */
  readonly paper_only?: boolean;
  /** Paper says it elsewhere. */
  readonly screen_only?: boolean;
}

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
  readonly columns: readonly Column[];
  /** Rows under a title of their own; one group without a title where there are none. */
  readonly groups: readonly {readonly title: string | null; readonly rows: readonly (readonly Cell[])[]}[];
  /** Shares of the width on paper, one a column. */
  readonly widths: readonly number[];
  /** On a phone: each row as a card, or the table scrolling in a frame of its own. */
  readonly narrow: "cards" | "scroll";
  /** Many short numbers: set tighter, on paper in smaller type. */
  readonly dense?: boolean;
  /** To be looked up and never to be read: paper has no room for it. */
  readonly screen_only?: boolean;
  /** Its titles lead somewhere on the screen alone: paper takes a millisecond for each that does. */
  readonly screen_links?: boolean;
  /** Told last, and long: a screen shows its title and how many rows it has, and opens it where it is asked for. */
  readonly folded?: boolean;
}

export interface Column {
  readonly title: string;
  readonly numeric: boolean;
  /** Said under the title, smaller: the days that are counted. */
  readonly note?: string;
  /** Whether a group of columns begins here. */
  readonly begins?: boolean;
  /** Whether its cells may say a way: room is kept for the word, so that the numbers stand under each other. */
  readonly ways?: boolean;
}

/** The first cell of a row is its header. */
export interface Cell {
  readonly status: Standing | null;
  readonly text: string;
  /** Said under it, smaller. */
  readonly note: string | null;
  readonly section: string | null;
  /** Of a change: which way it went, by what the measure wants and never by its sign. Printed as a word. */
  readonly way?: "better" | "worse";
  /** On a row's first cell: the row totals the ones above. */
  readonly total?: boolean;
  /** On a row's first cell: where titles lead that name this row. Unique in the page, as ids of sections are. */
  readonly anchor?: string;
}

export interface ChartBlock {
  readonly kind: "chart";
  readonly id: string;
  readonly title: string;
  readonly alt_text: string;
  readonly svg: string;
  /** The same for a narrow screen; null where one drawing serves all. */
  readonly narrow_svg: string | null;
  readonly table: ChartTable;
  /** Shares of the table's width on paper, one a column. */
  readonly widths: readonly number[];
  /** What stands over the table. */
  readonly table_title: string;
  /** Where paper prints these numbers already, and how it says so; null: the table stands under the chart. */
  readonly elsewhere: {readonly section: string | null; readonly text: string} | null;
  /** Where paper has no room for it beside what it shows again. */
  readonly screen_only?: boolean;
  /**
   * Share of a sheet's width at which it fits on one, of half a sheet where it is narrow; 0 where it
   * would be too small to be read, and is not printed.
   */
  readonly paper_width: number;
  /** Whether it is drawn for a narrow screen alone: paper sets it in half a sheet, a wide screen beside the words. */
  readonly narrow_on_paper?: boolean;
  /** Whether it takes so much of a sheet that nothing stays on it with the chart. */
  readonly tall: boolean;
}

/** Ids of a section that links may lead to: its own, and those of rows of its tables; without the sections in it. */
export function anchorsOf({id, blocks}: Section): string[] {
  const rows = blocks.flatMap((block) => (block.kind === "table" ? block.groups.flatMap(({rows: own}) => own) : []));
  return [id, ...rows.flatMap(([first]) => first?.anchor ?? [])];
}

/** plain("1,828") //=> a cell of text alone */
export function plain(text: string): Cell {
  return {status: null, text, note: null, section: null};
}
