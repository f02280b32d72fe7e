import {formatValue} from "../format/numbers.ts";
import type {Chart, MultiplesInput} from "./contract.ts";
import {type LegendItem, legendOf} from "./legend.ts";
import {figureRoom, multiplesLayout} from "./multiples-layout.ts";
import {figuredMonth, monthsPhrase, multiplesAltText, multiplesTable, type Panel} from "./multiples-words.ts";
import {baselineAt, type TextItem} from "./placement.ts";
import {firstProvisional, provisionalShade, shadeHints} from "./provisional.ts";
import {
  framed,
  type LinePoint,
  lineLayer,
  type RuleItem,
  ruleLayer,
  type SymbolItem,
  symbolLayer,
  textLayer
} from "./spec-parts.ts";
import {sentenceCase} from "./standing.ts";
import {wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette} from "./theme.ts";
import {openMark, trendLooks} from "./trend.ts";
import {daysOfMonth, linePoints, type MonthValue, runsOf, seriesChanges, shortMonth} from "./trend-months.ts";
import {type MonthlyScale, monthlyScale, type TrendScales, trendScales, widestTick} from "./trend-scales.ts";

/** A year; the one before it lies behind on the same months. */
const monthsShown = 12;
const looks = {
  value: {...trendLooks.value, strokeWidth: 1.75},
  lastYear: {...trendLooks.lastYear, strokeWidth: 1}
} as const;

/**
 * A measure of many segments, a panel each, all on one scale from 0 that is written once: this year's line, the year
 * before faint behind it, and the value of the last whole month as a figure. Panels stand in the order given, which is the roster's
 * and never a ranking.
 *
 * @param input Of the months the last 12 are shown.
 * @param options `width` in px; the id of the narrow one ends in `-narrow`.
 * @throws Error when there are no trends or no months, when trends are of several measures or months, or when there
 *   is not a group for each.
 */
export function multiplesChart(input: MultiplesInput, {width}: {readonly width: ChartWidth}): Chart {
  const id = width === 360 ? `${input.id}-narrow` : input.id;
  const objection = objectionTo(input);
  if (objection !== null) throw new Error(`chart "${id}": ${objection}`);
  const panels = input.trends.map((trend) => ({trend, months: trend.months.slice(-monthsShown)}));
  const {months, trend: first} = panels[0]!;
  // The target is not drawn here, so it does not stretch the scale.
  const drawn = panels.flatMap(({months: shown}) => shown.map((month) => ({...month, expected: null})));
  const values = monthlyScale(drawn, first.unit, 2);
  const figured = figuredMonth(months);
  const figures = panels.map(({trend, months: shown}) => formatValue(shown[figured]!.value, trend.unit));
  const legend = legendOf(legendItems(panels), 22, width);
  const layout = multiplesLayout(
    panels.map(({trend}) => trend.segment_name),
    input.groups,
    width,
    {top: legend.bottom + 6, left: widestTick(values) + 8, figure: figureRoom(figures)}
  );
  const drawings = panels.map((panel, index) =>
    drawPanel(
      panel,
      {text: figures[index]!, at: figured},
      trendScales(values, months.length, layout.panels[index]!),
      index
    )
  );
  const all = <Item>(part: (drawing: PanelDrawing) => readonly Item[]) => drawings.flatMap(part);
  const samples = legendSamples(panels, legend.places);
  return {
    id,
    title: input.title,
    alt_text: multiplesAltText(input, panels),
    spec: framed({left: 0, top: 0, right: 0, bottom: 0, width, height: Math.ceil(layout.bottom)}, [
      ruleLayer(all(({grid}) => grid)),
      ruleLayer([...all(({breaks}) => breaks), ...samples.breaks], [2, 3]),
      lineLayer([...all(({lastYear}) => lastYear), ...samples.lastYear], looks.lastYear),
      lineLayer([...all(({value}) => value), ...samples.value], looks.value),
      symbolLayer([...all(({symbols}) => symbols), ...samples.symbols]),
      textLayer([
        captionOf(first.unit, width),
        ...legend.texts,
        ...layout.texts,
        ...axisTexts(values, layout.panels[0]!),
        ...all(({texts}) => texts)
      ])
    ]),
    table: multiplesTable(panels)
  };
}

function objectionTo({trends, groups}: MultiplesInput): string | null {
  if (trends.length === 0) return "there are no trends";
  if (groups.length !== trends.length) return `there are ${groups.length} groups for ${trends.length} trends`;
  const monthsOf = (index: number) => trends[index]!.months.map(({month}) => month).join(" ");
  if (monthsOf(0) === "") return "the trends have no months";
  const measures = new Set(trends.map(({measure, unit}) => `${measure} in ${unit}`));
  if (measures.size > 1) return `trends of several measures: ${[...measures].join(", ")}`;
  const other = trends.findIndex((_, index) => monthsOf(index) !== monthsOf(0));
  return other < 0 ? null : `other months of ${trends[other]!.segment_name} than of ${trends[0]!.segment_name}`;
}

interface PanelDrawing {
  readonly grid: readonly RuleItem[];
  readonly breaks: readonly RuleItem[];
  readonly lastYear: readonly LinePoint[];
  readonly value: readonly LinePoint[];
  readonly symbols: readonly SymbolItem[];
  readonly texts: readonly TextItem[];
}

/** A panel's figure, and the place of its month. */
interface Figure {
  readonly text: string;
  readonly at: number;
}

function drawPanel({trend, months}: Panel, figure: Figure, scales: TrendScales, index: number): PanelDrawing {
  const {left, right, top, bottom, step, values, place} = scales;
  const runs = {
    value: runsOf(months, ({value}) => value),
    lastYear: runsOf(months, ({last_year}) => last_year)
  };
  const grid = values.ticks.map(({value}) => {
    const y = top + values.share(value) * (bottom - top);
    return {x: left, x2: right, y, y2: y, colour: value === 0 ? palette.rule : palette.grid, width: 1};
  });
  const breaks = seriesChanges(months).map((at) => {
    const x = left + at * step;
    return {x, x2: x, y: top, y2: bottom, colour: palette.neutralText, width: 1};
  });
  const name = `${index + 1} ${trend.segment_name}`;
  const told = runs.value.flat().find((point) => point.index === figure.at);
  const middle = told === undefined ? (top + bottom) / 2 : Math.max(top + 5, Math.min(bottom - 3, place(told).y));
  return {
    grid: [...provisionalShade(trend, months, scales), ...grid],
    breaks,
    lastYear: linePoints(runs.lastYear, `${name}, year before`, place),
    value: linePoints(runs.value, `${name}, this year`, place),
    symbols: marksOf(runs.value, figure.at, scales),
    texts: [
      {
        x: right + 6,
        y: baselineAt(middle, fontSizes.label),
        text: figure.text,
        size: fontSizes.label,
        weight: 600,
        colour: told === undefined ? palette.neutralText : palette.ink,
        align: "left"
      }
    ]
  };
}

/** The month of the figure, and points that no line shows. */
function marksOf(runs: readonly (readonly MonthValue[])[], figured: number, {place}: TrendScales): SymbolItem[] {
  return runs.flatMap((run) =>
    run
      .filter((point) => point.index === figured || run.length === 1 || !point.whole)
      .map((point) =>
        point.whole
          ? {...place(point), path: "circle", colour: palette.ink, size: point.index === figured ? 5 : 3}
          : {...place(point), path: openMark, colour: palette.ink, size: 7}
      )
  );
}

function captionOf(unit: string, width: ChartWidth): TextItem {
  const text =
    wrapText(`${sentenceCase(unit)} by month, all on one scale`, width - 2, 1, fontSizes.label, 600)[0] ?? "";
  return {x: 0, y: 12, text, size: fontSizes.label, weight: 600, colour: palette.ink, align: "left"};
}

/** Of the first panel only: the scale is the same in all. */
function axisTexts({ticks, share}: MonthlyScale, {left, top, bottom}: {left: number; top: number; bottom: number}) {
  return ticks.map(
    ({value, label}): TextItem => ({
      x: left - 5,
      y: baselineAt(top + share(value) * (bottom - top), fontSizes.label),
      text: label,
      size: fontSizes.label,
      weight: 400,
      colour: palette.neutralText,
      align: "right"
    })
  );
}

type Sample = "value" | "lastYear" | "open" | "break" | "unknown" | "shade";

/** What occurs, in the legend's order. */
function samplesOf(panels: readonly Panel[]): Sample[] {
  const some = (isIt: (panel: Panel) => boolean) => panels.some(isIt);
  return [
    "value",
    ...(some(({months}) => months.some(({last_year}) => last_year !== null)) ? ["lastYear" as const] : []),
    ...(some(({months}) => months.some(({whole, value}) => !whole && value !== null)) ? ["open" as const] : []),
    ...(some(({months}) => seriesChanges(months).length > 0) ? ["break" as const] : []),
    ...(some(({months}) => months.some(({value}) => value === null)) ? ["unknown" as const] : []),
    ...(some(({trend, months}) => firstProvisional(trend, months) !== null) ? ["shade" as const] : [])
  ];
}

function legendItems(panels: readonly Panel[]): LegendItem[] {
  const {months} = panels[0]!;
  const items: Record<Sample, LegendItem> = {
    value: {sample: 20, text: `${monthsPhrase(months)}${figureOf(months)}`},
    lastYear: {sample: 20, text: "the same months a year before"},
    open: {sample: 8, text: `${daysOfMonth(months.at(-1)!)}: month not counted to its end`},
    break: {sample: 4, text: "counting method changed"},
    unknown: {sample: 0, text: "gap or \u2013: not known"},
    shade: {sample: 0, text: shadeHints[0]}
  };
  return samplesOf(panels).map((sample) => items[sample]);
}

/** Where the figure is not that of the last month shown, its own is told. */
function figureOf(months: Panel["months"]): string {
  const at = figuredMonth(months);
  return at === months.length - 1 ? "" : `, figure: ${shortMonth(months[at]!.month)}`;
}

function legendSamples(panels: readonly Panel[], places: readonly {readonly x: number; readonly y: number}[]) {
  const drawn = {
    value: [] as LinePoint[],
    lastYear: [] as LinePoint[],
    breaks: [] as RuleItem[],
    symbols: [] as SymbolItem[]
  };
  for (const [index, sample] of samplesOf(panels).entries()) {
    const {x, y} = places[index]!;
    if (sample === "value" || sample === "lastYear")
      drawn[sample].push({run: "legend", x, y}, {run: "legend", x: x + 20, y});
    if (sample === "break")
      drawn.breaks.push({x: x + 2, x2: x + 2, y: y - 6, y2: y + 6, colour: palette.neutralText, width: 1});
    if (sample === "open") drawn.symbols.push({x: x + 4, y, path: openMark, colour: palette.ink, size: 7});
  }
  return drawn;
}
