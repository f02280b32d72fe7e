import type {Status} from "../attainment/contract.ts";

/**
 * The one look of all charts. Colours: the set of the domain notes, section 5, told apart in normal, protan, deutan
 * and tritan sight, each at least 3:1 on white; amber and grey are for marks only and have a darker twin for words.
 * Charts stand on white in dark mode too, because the set is validated there.
 */
export const palette = {
  good: "#004488",
  warning: "#C98500",
  warningText: "#7A5100",
  bad: "#B2182B",
  neutral: "#8C8C8C",
  neutralText: "#595959",
  ink: "#1A1A1A",
  /** The pace: dashed, darker than the baseline. */
  pace: "#4D4D4D",
  grid: "#E3E3E3",
  shade: "#F1F1F1",
  rule: "#B5B5B5",
  paper: "#FFFFFF"
} as const;

/** The weights that charts print with; pages and PDF embed exactly these. */
export const fontWeights = [400, 600] as const;
export type FontWeight = (typeof fontWeights)[number];

/**
 * Pages and PDF carry the first. A chart's own SVG, opened elsewhere, falls back to the next: their letters are
 * narrower, so that what was measured still fits.
 */
export const fontFamily = "Public Sans, Arial, Helvetica, sans-serif";

/** Sizes in px at the chart's own width. */
export const fontSizes = {label: 12, small: 11, value: 14, heading: 13} as const;

/** Widths that a chart is designed for: the content column of a page or sheet, and a phone. */
export type ChartWidth = 720 | 360;

/** A status or a standing, as people read it and as it is drawn. */
export interface Mark {
  readonly word: string;
  /** Name of the silhouette, unique among statuses: what tells it apart without colour. */
  readonly shape: string;
  /** SVG path in a box from -1 to 1, filled (holes run the other way round): also a Vega symbol. */
  readonly path: string;
  /** One character for terminals. */
  readonly glyph: string;
  /** Of the mark; at least 3:1 on white. */
  readonly colour: string;
  /** Of the word beside it; at least 4.5:1 on white. */
  readonly text_colour: string;
}

const disc = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0Z";
const ringHole = "M0.55,0A0.55,0.55,0,1,0,-0.55,0A0.55,0.55,0,1,0,0.55,0Z";
const checkHole = "M-0.58,0.02L-0.14,0.46L0.58,-0.26L0.38,-0.46L-0.14,0.06L-0.38,-0.18Z";
const square = "M-0.9,-0.9L0.9,-0.9L0.9,0.9L-0.9,0.9Z";
const crossHole =
  "M-0.29,-0.5L-0.5,-0.29L-0.21,0L-0.5,0.29L-0.29,0.5L0,0.21L0.29,0.5L0.5,0.29L0.21,0L0.5,-0.29L0.29,-0.5L0,-0.21Z";
const squareHole = "M-0.5,-0.5L-0.5,0.5L0.5,0.5L0.5,-0.5Z";
const triangleDown = "M-1,-0.8L1,-0.8L0,0.95Z";
const triangleHole = "M-0.42,-0.42L0,0.28L0.42,-0.42Z";
const unequal =
  "M-0.9,-0.55L0.16,-0.55L0.34,-0.95L0.66,-0.81L0.54,-0.55L0.9,-0.55L0.9,-0.15L0.36,-0.15L0.23,0.15L0.9,0.15L0.9,0.55" +
  "L0.05,0.55L-0.13,0.95L-0.45,0.81L-0.33,0.55L-0.9,0.55L-0.9,0.15L-0.15,0.15L-0.02,-0.15L-0.9,-0.15Z";
const dots = [-0.72, 0, 0.72]
  .map((x) => `M${round(x + 0.26)},0A0.26,0.26,0,1,1,${round(x - 0.26)},0A0.26,0.26,0,1,1,${round(x + 0.26)},0Z`)
  .join("");

const good = {colour: palette.good, text_colour: palette.good};
const warning = {colour: palette.warning, text_colour: palette.warningText};
const bad = {colour: palette.bad, text_colour: palette.bad};
const neutral = {colour: palette.neutral, text_colour: palette.neutralText};

/** Every status by shape, word and colour: never by colour alone. */
export const statusMarks: Readonly<Record<Status, Mark>> = {
  missed: {word: "missed", shape: "square with a cross", path: square + crossHole, glyph: "\u2717", ...bad},
  off_track: {word: "off track", shape: "triangle", path: triangleDown, glyph: "\u25BC", ...bad},
  at_risk: {word: "at risk", shape: "diamond", path: "M0,-1L1,0L0,1L-1,0Z", glyph: "\u25C6", ...warning},
  on_track: {word: "on track", shape: "disc", path: disc, glyph: "\u25CF", ...good},
  met: {word: "met", shape: "disc with a tick", path: disc + checkHole, glyph: "\u2713", ...good},
  too_early: {word: "too early", shape: "ring", path: disc + ringHole, glyph: "\u25CB", ...neutral},
  not_due: {word: "not due", shape: "arrowhead", path: "M-0.7,-0.95L0.95,0L-0.7,0.95Z", glyph: "\u25B7", ...neutral},
  not_comparable: {word: "not comparable", shape: "unequal sign", path: unequal, glyph: "\u2260", ...neutral},
  no_data: {
    word: "no data",
    shape: "bar",
    path: "M-0.9,-0.25L0.9,-0.25L0.9,0.25L-0.9,0.25Z",
    glyph: "\u2013",
    ...neutral
  },
  to_be_set: {word: "to be set", shape: "three dots", path: dots, glyph: "\u2026", ...neutral},
  tracked: {word: "tracked", shape: "open square", path: square + squareHole, glyph: "\u25A1", ...neutral}
};

/** How a segment stands where the target does not bind it: shown, never judged. */
export const standingMarks = {
  ahead: {word: "ahead", shape: "disc", path: disc, glyph: "\u25CF", ...good},
  behind: {word: "behind", shape: "open triangle", path: triangleDown + triangleHole, glyph: "\u25BD", ...bad},
  plain: {word: "", shape: "disc", path: disc, glyph: "\u25CF", colour: palette.pace, text_colour: palette.pace}
} as const satisfies Record<string, Mark>;

/** Stands at the edge of a scale for a value beyond it. */
export const beyondPaths = {low: "M0.8,-0.95L0.8,0.95L-0.9,0Z", high: "M-0.8,-0.95L-0.8,0.95L0.9,0Z"} as const;

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
