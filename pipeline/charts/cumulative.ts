import type {AttainmentRow} from "../attainment/contract.ts";
import {type IsoDate, longDate} from "../calendar/iso-date.ts";
import {type DateTick, dateTicks} from "./axis.ts";
import type {Chart, CumulativeInput} from "./contract.ts";
import {differenceMargin, differencePanel} from "./cumulative-difference.ts";
import {endLabels, marginWidth, placeEndLabels} from "./cumulative-labels.ts";
import {type CumulativeScales, differenceTop, heights, scalesOf, tickRules, tickTexts} from "./cumulative-scales.ts";
import {
  type CumulativeCourse,
  cumulativeAltText,
  cumulativeTable,
  dailyRows,
  withDifferences
} from "./cumulative-words.ts";
import type {TextItem} from "./placement.ts";
import {shade, shadeHints} from "./provisional.ts";
import {
  dayChannel,
  framed,
  type Layer,
  type RuleItem,
  ruleLayer,
  symbolLayer,
  textLayer,
  valueChannel
} from "./spec-parts.ts";
import {sentenceCase} from "./standing.ts";
import {textWidth, wrapText} from "./text-metrics.ts";
import {type ChartWidth, fontSizes, palette, statusMarks} from "./theme.ts";

/**
 * The cumulative actual of one row against pace and target, with last year: lines that are named at their ends, and
 * under them the difference from the pace, because a goal of a few percent leaves the lines almost upon each other.
 *
 * @param options `width` in px: 720 for pages and paper, 360 for phones; the id of the latter ends in `-narrow`.
 * @throws Error when the row has no actual: such a row has no chart.
 */
export function cumulativeChart(input: CumulativeInput, {width = 720}: {readonly width?: ChartWidth} = {}): Chart {
  const {row} = input;
  const id = chartId(row, width);
  const last = input.actual.at(-1);
  if (row.actual_value === null || last === undefined) throw new Error(`chart "${id}": the row has no actual`);
  const {course, days, alt_text, table} = saidOf(input);
  const ends = endLabels(input);
  const margin = Math.max(marginWidth(ends, width), width === 360 ? 0 : differenceMargin(course));
  const scales = scalesOf(course, margin, width);
  const labels = placeEndLabels(ends, input, scales, width);
  const panel = scales.differences === null ? null : differencePanel(course, scales, scales.differences, width);
  const mark = statusMarks[row.status];
  const ticks = dateTicks(row.period_from, row.period_to, scales.frame.width);
  const point = {x: scales.x(last.day), y: scales.values.y(last.value), path: mark.path, colour: mark.colour, size: 13};
  const layers: Layer[] = [
    ruleLayer([
      ...shades(input, scales),
      ...tickRules(scales.values, scales.frame),
      ...(scales.differences === null ? [] : tickRules(scales.differences, scales.frame)),
      ...dateRules(ticks, scales),
      ...throughRule(last.day, row, scales)
    ]),
    ...lineLayers(input, scales),
    ...(panel?.layers ?? []),
    ruleLayer([...labels.leaders, ...(panel?.rules ?? [])]),
    symbolLayer([point, ...(panel?.symbols ?? [])]),
    textLayer([
      ...tickTexts(scales.values),
      ...captions(input, scales),
      ...dateTexts(ticks, scales),
      ...labels.texts,
      ...(panel?.texts ?? [])
    ])
  ];
  return {
    id,
    title: `${row.title}: ${row.unit} to date, ${row.segment_name}`,
    alt_text,
    spec: framed(scales.frame, layers, days),
    table
  };
}

/** What a chart says in whatever width. */
interface Said extends Pick<Chart, "alt_text" | "table"> {
  readonly course: CumulativeCourse;
  readonly days: ReturnType<typeof dailyRows>;
}

/** Each chart is drawn twice, for a page and for a phone. */
const said = new WeakMap<CumulativeInput, Said>();

function saidOf(input: CumulativeInput): Said {
  const known = said.get(input);
  if (known !== undefined) return known;
  const course = withDifferences(input);
  const all = {
    course,
    days: dailyRows(course),
    alt_text: cumulativeAltText(input),
    table: cumulativeTable(input)
  };
  said.set(input, all);
  return all;
}

/** City charts are named by the target alone; names of periods may hold a slash. */
function chartId({target, segment_type, segment, period}: AttainmentRow, width: ChartWidth): string {
  const place = segment_type === "city" ? "" : `-${segment_type}-${segment}`;
  return `cumulative-${target}${place}-${period}${width === 360 ? "-narrow" : ""}`.replace(/[^\w.-]/g, "_");
}

/** Grey below, dashed over it, the actual on top. */
function lineLayers({baseline, expected}: CumulativeInput, {days, values}: CumulativeScales): Layer[] {
  const x = dayChannel(days);
  const line = (field: string, mark: object): Layer => ({
    // The rows stand in the order of their days.
    mark: {type: "line", order: false, strokeJoin: "round", ...mark},
    encoding: {x, y: valueChannel(field, values.domain, [0, heights.panel])}
  });
  return [
    {
      resolve: {scale: {y: "shared"}},
      layer: [
        ...(baseline.length > 0 ? [line("baseline", {stroke: palette.neutral, strokeWidth: 1.5})] : []),
        ...(expected.length > 0
          ? [line("expected", {stroke: palette.pace, strokeWidth: 1.5, strokeDash: [5, 4]})]
          : []),
        line("actual", {stroke: palette.ink, strokeWidth: 3})
      ]
    }
  ];
}

function captions({row, actual, provisional_from}: CumulativeInput, {frame, x}: CumulativeScales): TextItem[] {
  const day = actual.at(-1)!.day;
  const through = `through ${longDate(day)}`;
  const half = textWidth(through, fontSizes.small) / 2;
  const middle = Math.min(frame.width + frame.right - half - 2, Math.max(half - frame.left + 2, x(day)));
  const heading = {size: fontSizes.label, weight: 600, colour: palette.ink, align: "left"} as const;
  const note = {size: fontSizes.small, weight: 400, colour: palette.neutralText, align: "center"} as const;
  const last = {x: middle, y: -11, text: through, ...note};
  const text = `${sentenceCase(row.unit)} to date`;
  const room = frame.left + frame.width + frame.right - 2;
  if (provisional_from === undefined) return [{x: -frame.left, y: -32, text, ...heading}, last];
  const beside = (hint: string) => room - 10 - textWidth(hint, note.size);
  // What is counted is cut where not even the short one stands beside it.
  const hint = shadeHints.find((one) => textWidth(text, heading.size, 600) <= beside(one)) ?? shadeHints[1];
  const shown = wrapText(text, beside(hint), 1, heading.size, 600)[0] ?? "";
  const left = textWidth(shown, heading.size, 600) + 10 - frame.left;
  return [
    {x: -frame.left, y: -32, text: shown, ...heading},
    {...note, x: left, y: -32, text: hint, align: "left"},
    last
  ];
}

/** Behind the days of which not all is known yet: where the line flattens there, that is no finding. */
function shades({provisional_from, actual}: CumulativeInput, {frame, x, differences}: CumulativeScales): RuleItem[] {
  if (provisional_from === undefined) return [];
  const [from, to] = [x(provisional_from), x(actual.at(-1)!.day)];
  const upper = shade(from, to, 0, heights.panel);
  return differences === null ? [upper] : [upper, shade(from, to, differenceTop, frame.height)];
}

function dateRules(ticks: readonly DateTick[], {frame, x}: CumulativeScales): RuleItem[] {
  const rule = {y: heights.panel, colour: palette.rule, width: 1};
  return [
    {x: 0, x2: frame.width, y2: heights.panel, ...rule},
    ...ticks.map(({day}) => ({x: x(day), x2: x(day), y2: heights.panel + 6, ...rule}))
  ];
}

/** Labels stand right of the tick that begins their month. */
function dateTexts(ticks: readonly DateTick[], {x}: CumulativeScales): TextItem[] {
  const style = {size: fontSizes.label, weight: 400, colour: palette.neutralText, align: "left"} as const;
  return ticks.flatMap(({day, label, year}) => [
    {x: x(day) + 4, y: heights.panel + 15, text: label, ...style},
    ...(year === "" ? [] : [{x: x(day) + 4, y: heights.panel + 30, text: year, ...style}])
  ]);
}

/** How far is counted; a period counted to its end needs no mark. */
function throughRule(day: IsoDate, {period_to}: AttainmentRow, {frame, x, differences}: CumulativeScales): RuleItem[] {
  if (day >= period_to) return [];
  const rule = {x: x(day), x2: x(day), colour: palette.rule, width: 1};
  const upper = {...rule, y: -6, y2: heights.panel};
  return differences === null ? [upper] : [upper, {...rule, y: differenceTop, y2: frame.height}];
}
