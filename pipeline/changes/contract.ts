import type {Actuals} from "../actuals/contract.ts";
import type {AttainmentRow, Measured} from "../attainment/contract.ts";

/** An answer, as far as it is compared with another one under the same definitions. */
export interface ComparedAnswer {
  readonly measured: readonly Measured[];
  /** In the order of `measured`. */
  readonly rows: readonly AttainmentRow[];
  /** What the rows were measured by: days that both answers count are counted again in each. */
  readonly actuals: Actuals;
}

/** What of a row of attainment changed; a row of which nothing did is no effect. */
export interface ChangedParts {
  readonly status: boolean;
  /** The value over days that were counted before: late reports, corrections, or days that are known now or no more. */
  readonly value: boolean;
  /** The baseline over all its days, or over those that answer the days counted before. */
  readonly baseline: boolean;
  /** Fewer days are counted than before: what was known reached further. */
  readonly days: boolean;
}
