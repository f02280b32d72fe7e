import type {TextItem} from "./placement.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {fontSizes, palette} from "./theme.ts";

/** A sample of what is drawn, and its words. */
export interface LegendItem {
  readonly text: string;
  /** Width that the sample takes, in px; 0 for words alone. */
  readonly sample: number;
}

/** Where a legend's item stands: its sample from `x`, both centred on `y`. */
export interface LegendPlace {
  readonly x: number;
  readonly y: number;
}

export interface Legend {
  /** In the order of the items. */
  readonly places: readonly LegendPlace[];
  readonly texts: readonly TextItem[];
  readonly bottom: number;
}

const lineHeight = 17;
/** Between sample and words, and between items. */
const air = {sample: 5, item: 14} as const;

/** Items one after the other, in as many lines of a width as they need. */
export function legendOf(items: readonly LegendItem[], top: number, width: number): Legend {
  const size = fontSizes.small;
  const places: LegendPlace[] = [];
  const texts: TextItem[] = [];
  let [x, line] = [0, 0];
  for (const {text, sample} of items) {
    const lead = sample === 0 ? 0 : sample + air.sample;
    const shown = wrapText(text, width - lead - 1, 1, size)[0] ?? "";
    const needed = lead + textWidth(shown, size);
    if (x > 0 && x + needed > width - 1) [x, line] = [0, line + 1];
    const y = top + line * lineHeight + lineHeight / 2;
    places.push({x, y});
    texts.push({x: x + lead, y: y + 4, text: shown, size, weight: 400, colour: palette.neutralText, align: "left"});
    x += needed + air.item;
  }
  return {places, texts, bottom: items.length === 0 ? top : top + (line + 1) * lineHeight};
}
