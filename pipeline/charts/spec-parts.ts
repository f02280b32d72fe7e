import type {TopLevelSpec} from "vega-lite";
import type {IsoDate} from "../calendar/iso-date.ts";
import type {Point, TextItem} from "./placement.ts";
import {fontFamily, palette} from "./theme.ts";

/** A part of a layered Vega-Lite specification. */
export type Layer = Extract<TopLevelSpec, {layer: unknown}>["layer"][number];

/** Where a chart's own coordinate frame, which starts at its margins' inner corner, lies in the picture; px. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly width: number;
  readonly height: number;
}

/** A straight line in px of the frame. */
export interface RuleItem {
  readonly x: number;
  readonly y: number;
  readonly x2: number;
  readonly y2: number;
  readonly colour: string;
  readonly width: number;
}

/** A point of a line in px of the frame, with whatever it stands for beside: a month, a value. */
export interface LinePoint extends Point {
  /** Points of one run are joined, others never. */
  readonly run: string;
}

export interface SymbolItem extends Point {
  /** SVG path in a box from -1 to 1. */
  readonly path: string;
  readonly colour: string;
  /** Across, in px. */
  readonly size: number;
}

/**
 * A whole specification out of layers that share one frame. Nothing is left to automatic layout: margins are the
 * chart's own, from measured text, so that no label is cut off.
 *
 * @param rows The data that layers without their own read.
 */
export function framed(
  frame: Frame,
  layers: readonly Layer[],
  rows: readonly Readonly<Record<string, unknown>>[] = []
): TopLevelSpec {
  const {left, top, right, bottom, width, height} = frame;
  return {
    $schema: "https://vega.github.io/schema/vega-lite/v6.json",
    width,
    height,
    autosize: {type: "none"},
    padding: {left, top, right, bottom},
    background: palette.paper,
    ...(rows.length > 0 ? {data: {values: [...rows]}} : {}),
    config: {font: fontFamily, view: {stroke: null}},
    resolve: {scale: {x: "independent", y: "independent"}},
    layer: [...layers]
  };
}

/** Positions in px of the frame, not in data. */
const pixels = {type: "quantitative", scale: null, axis: null} as const;
const asGiven = {type: "nominal", scale: null, legend: null} as const;

/** What marks that are drawn in px say, whatever they are of: made once, so that a look at the object tells them. */
const texts = {
  mark: {
    type: "text",
    baseline: "alphabetic",
    fontSize: {expr: "datum.size"},
    fontWeight: {expr: "datum.weight"},
    align: {expr: "datum.align"}
  },
  encoding: {
    x: {field: "x", ...pixels},
    y: {field: "y", ...pixels},
    text: {field: "text", type: "nominal"},
    color: {field: "colour", ...asGiven}
  }
} as const;
const rules = {
  encoding: {
    x: {field: "x", ...pixels},
    y: {field: "y", ...pixels},
    x2: {field: "x2"},
    y2: {field: "y2"},
    color: {field: "colour", ...asGiven}
  }
} as const;
const lines = {
  encoding: {
    x: {field: "x", ...pixels},
    y: {field: "y", ...pixels},
    detail: {field: "run", type: "nominal"}
  }
} as const;
const symbols = {
  mark: {type: "point", filled: true, opacity: 1, size: {expr: "datum.size * datum.size"}, strokeWidth: 0},
  encoding: {
    x: {field: "x", ...pixels},
    y: {field: "y", ...pixels},
    shape: {field: "path", ...asGiven},
    color: {field: "colour", ...asGiven}
  }
} as const;

export function textLayer(items: readonly TextItem[]): Layer {
  return {data: {values: items.map((item) => ({...item, x: settled(item.x), y: settled(item.y)}))}, ...texts};
}

export function ruleLayer(items: readonly RuleItem[], dash: readonly number[] = []): Layer {
  const values = items.map((item) => ({
    ...item,
    x: settled(item.x),
    y: settled(item.y),
    x2: settled(item.x2),
    y2: settled(item.y2)
  }));
  const dashed = dash.length > 0 ? {strokeDash: [...dash]} : {};
  return {data: {values}, mark: {type: "rule", strokeWidth: {expr: "datum.width"}, ...dashed}, ...rules};
}

/** Lines of one look, as many as there are runs. A run of one point draws nothing. */
export function lineLayer(
  points: readonly LinePoint[],
  look: {readonly stroke: string; readonly strokeWidth: number; readonly strokeDash?: readonly number[]}
): Layer {
  const {strokeDash = [], ...solid} = look;
  const dashed = strokeDash.length > 0 ? {strokeDash: [...strokeDash]} : {};
  return {
    // What a point stands for keeps its digits; only places are settled.
    data: {values: points.map((point) => ({...point, x: settled(point.x), y: settled(point.y)}))},
    mark: {type: "line", strokeJoin: "round", ...solid, ...dashed},
    ...lines
  };
}

/** Symbols without a rim, for marks that stand close together on nothing but paper. */
export function tileLayer(items: readonly SymbolItem[]): Layer {
  return symbolsOf(items.map((item) => ({...item, x: settled(item.x), y: settled(item.y), size: settled(item.size)})));
}

/** Symbols on a rim of white that parts them from lines beneath. */
export function symbolLayer(items: readonly SymbolItem[]): Layer {
  const rims = items.map((item) => ({
    ...item,
    x: settled(item.x),
    y: settled(item.y),
    path: "circle",
    size: settled(item.size + 5),
    colour: palette.paper
  }));
  return {layer: [symbolsOf(rims), tileLayer(items)]};
}

function symbolsOf(values: readonly SymbolItem[]): Layer {
  return {data: {values: [...values]}, ...symbols};
}

/** To a tenth of a px: what cannot be seen need not stand in the file. */
function settled(place: number): number {
  return Math.round(place * 10) / 10;
}

/** The channel of days; its axis is drawn by the chart, which knows the widths of its labels. */
export function dayChannel([from, to]: readonly [IsoDate, IsoDate]) {
  return {field: "day", type: "temporal" as const, scale: {type: "utc" as const, domain: [from, to]}, axis: null};
}

/**
 * A channel of values on a range of px, top first. Its ticks are drawn by the chart, as those of days are.
 *
 * @param domain Its low end stands at the bottom of the range.
 */
export function valueChannel(field: string, domain: readonly [number, number], range: readonly [number, number]) {
  return {
    field,
    type: "quantitative" as const,
    scale: {domain: [...domain], range: [range[1], range[0]], nice: false},
    axis: null
  };
}

/** What a field is above and below 0, as two fields; without the rows where it is not known. */
export function splitAtZero(field: string) {
  return [
    {filter: `datum.${field} !== null`},
    {calculate: `max(datum.${field}, 0)`, as: "above"},
    {calculate: `min(datum.${field}, 0)`, as: "below"}
  ];
}
