import type {TextItem} from "./placement.ts";
import type {RuleItem, SymbolItem} from "./spec-parts.ts";
import {textWidth} from "./text-metrics.ts";
import {type FontWeight, fontSizes, palette} from "./theme.ts";

/** What a chart without axes of its own is made of, gathered while it is laid out. */
export interface Drawing {
  readonly texts: TextItem[];
  readonly rules: RuleItem[];
  readonly symbols: SymbolItem[];
}

export function emptyDrawing(): Drawing {
  return {texts: [], rules: [], symbols: []};
}

export interface TextLook {
  readonly size?: number;
  readonly weight?: FontWeight;
  readonly colour?: string;
  readonly align?: TextItem["align"];
}

/** A line of text in the size of labels, unless said otherwise. `y` is its baseline. */
export function textAt(text: string, x: number, y: number, look: TextLook = {}): TextItem {
  const {size = fontSizes.label, weight = 400, colour = palette.ink, align = "left"} = look;
  return {x, y, text, size, weight, colour, align};
}

/** Width of the widest of some texts in px, rounded up; 0 of none. */
export function widest(texts: readonly string[], size: number, weight: FontWeight = 400): number {
  return Math.ceil(Math.max(0, ...texts.map((text) => textWidth(text, size, weight))));
}
