import type {Shape} from "./measure.ts";
import type {ProjectMeasure} from "./project.ts";

/**
 * A ratio of two values of a day is itself the value of a day: the share of the officers on the roster who are trained.
 * It is reached by a day and looked at on that day, where a ratio of what happened over days is an average of them.
 *
 * @returns The measures, such ratios as stocks.
 */
export function withRatiosOfStocks(measures: ReadonlyMap<string, ProjectMeasure>): Map<string, ProjectMeasure> {
  const shapeOf = (name: string, within: readonly string[]): Shape | null => {
    const measure = measures.get(name);
    // A ratio within itself is complained of elsewhere.
    if (measure === undefined || within.includes(name)) return null;
    if (measure.aggregate.kind !== "ratio" || measure.shape === "stock") return measure.shape;
    const {of, to} = measure.aggregate;
    const ofDays = [of, to].every((term) => shapeOf(term, [...within, name]) === "stock");
    return ofDays ? "stock" : measure.shape;
  };
  return new Map(
    [...measures].map(([name, measure]) => [name, {...measure, shape: shapeOf(name, []) ?? measure.shape}])
  );
}
