import type {Runtime, Spec} from "vega";
import {type ShapedSpec, sizePlaceholders} from "./render-shape.ts";

/** Vega and Vega-Lite, which load only when something is drawn. */
export interface Renderers {
  readonly vega: typeof import("vega");
  readonly vegaLite: typeof import("vega-lite");
}

export type Logger = NonNullable<NonNullable<Parameters<Renderers["vegaLite"]["compile"]>[1]>["logger"]>;

/** A shape compiled and parsed, with the operators that a chart fills. */
interface CompiledShape {
  readonly runtime: Runtime;
  readonly slots: readonly Slot[];
}

interface Slot {
  /** Of the operator. */
  readonly index: number;
  readonly fill: "signal" | "data";
  readonly name: string;
}

/** What is read of an operator of Vega's runtime. */
interface Operator {
  readonly signal?: string;
  readonly value?: {readonly $ingest?: unknown};
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Shapes that are kept; the one not drawn for longest goes first. */
const mostShapes = 64;
const kept = new Map<string, CompiledShape>();

/**
 * The dataflow that draws a specification: compiled and parsed, or taken from an earlier one of the same shape, and
 * filled. What is kept was made without the numbers of any chart, so a chart is drawn the same whatever came before it.
 *
 * @param logger Told what Vega-Lite has to say. A shape that it complains of is not kept: it complains each time.
 * @param isClean Whether the logger was told nothing so far.
 */
export function runtimeOf(shaped: ShapedSpec, renderers: Renderers, logger: Logger, isClean: () => boolean): Runtime {
  const {shape, signals, data} = shaped;
  const {runtime, slots} = kept.get(shape) ?? compileShape(shaped, renderers, logger);
  kept.delete(shape);
  if (isClean()) kept.set(shape, {runtime, slots});
  if (kept.size > mostShapes) kept.delete(kept.keys().next().value!);
  const operators: unknown[] = [...runtime.operators];
  for (const {index, fill, name} of slots) {
    const operator = operators[index] as Operator;
    // Vega numbers rows in place and may change them: it gets its own.
    const rows = data.get(name)?.map((row) => ({...row}));
    operators[index] = {...operator, value: fill === "signal" ? signals.get(name) : {...operator.value, $ingest: rows}};
  }
  return {...runtime, operators: operators as Runtime["operators"]};
}

/** How Vega makes a function of an expression's code, by what it is for; bound to the view's own functions. */
type Write = (context: {functions?: object}, expression: object) => (...words: unknown[]) => unknown;
type Writers = Readonly<Record<"operator" | "parameter" | "event" | "handler" | "encode", Write>>;

const kinds = ["operator", "parameter", "event", "handler", "encode"] as const;
/** Of an expression of a kept shape. */
const written = new WeakMap<object, ReturnType<Write>>();

/** For a view's option `expr`: the functions of a kept shape are written once, and so become fast. */
export function keptExpressions({vega}: Renderers): object {
  const {expr} = (vega as unknown as VegaRuntime).runtimeContext({events: () => undefined}, {}, {});
  const keeping = (write: Write): Write => {
    return ({functions}, expression) => {
      const known = written.get(expression) ?? write({}, expression);
      written.set(expression, known);
      return known.bind(functions);
    };
  };
  return {...expr, ...Object.fromEntries(kinds.map((kind) => [kind, keeping(expr[kind])]))};
}

/** What Vega exports and does not type. */
interface VegaRuntime {
  readonly runtimeContext: (dataflow: object, transforms: object, functions: object) => {readonly expr: Writers};
}

function compileShape({shape, signals, data}: ShapedSpec, {vega, vegaLite}: Renderers, logger: Logger): CompiledShape {
  // Without a description of each mark for screen readers: the drawing has one as a whole, made from its numbers.
  const {spec} = vegaLite.compile(JSON.parse(shape), {logger, config: {aria: false}});
  const text = JSON.stringify(spec);
  for (const size of Object.values(sizePlaceholders)) {
    if (text.split(String(size)).length > 2) throw new Error("Vega-Lite computes with the size of the picture");
  }
  const runtime = vega.parse(spec as Spec);
  const slots = (runtime.operators as readonly Operator[]).flatMap(({signal, value, data: names}, index): Slot[] => {
    if (signal !== undefined && signals.has(signal)) return [{index, fill: "signal", name: signal}];
    const name = value?.$ingest === undefined ? undefined : Object.keys(names ?? {}).find((one) => data.has(one));
    return name === undefined ? [] : [{index, fill: "data", name}];
  });
  return {runtime, slots};
}
