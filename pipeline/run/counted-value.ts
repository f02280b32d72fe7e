import {conditionSql} from "../actuals/where-sql.ts";
import type {Aggregate} from "../config/measure.ts";
import type {Project, ProjectSource} from "../config/project.ts";
import {quoteIdentifier, quoteLiteral} from "../warehouse/sql.ts";
import {type CountedRows, limitSql} from "./counted-from.ts";

interface Counting {
  readonly source: ProjectSource;
  readonly codeLists: Project["codeLists"];
  readonly counted: Pick<CountedRows, "to" | "known_to">;
}

/**
 * The select of a measure's value from the rows that it is made of.
 *
 * @param from Of `countedFrom`: these rows.
 */
export function valueSql(aggregate: Aggregate, {source, codeLists, counted}: Counting, from: string): string {
  const known = `date ${quoteLiteral(counted.known_to ?? counted.to)}`;
  const date = quoteIdentifier(source.date);
  const select = (value: string) => `select ${value} as value\n${from}`;
  const sum = (column: string | null) => (column === null ? "count(*)" : `sum(${quoteIdentifier(column)})`);
  // Whole numbers, of which a double knows the quotient; 10,000 stands for the decimals.
  const whole = (column: string | null, added: string) =>
    column !== null && source.columns[column]?.type === "decimal" ? `(10000 * ${added})::bigint` : added;
  switch (aggregate.kind) {
    case "rows":
    case "standing":
      return select("count(*)");
    case "sum":
      return select(`coalesce(${sum(aggregate.column)}, 0)`);
    case "distinct":
      return select(`count(distinct ${quoteIdentifier(aggregate.column)})`);
    case "mean": {
      const cases = `count(${quoteIdentifier(aggregate.column)})`;
      const scaled = source.columns[aggregate.column]?.type === "decimal" ? `(10000 * ${cases})` : cases;
      return select(`${whole(aggregate.column, sum(aggregate.column))} / nullif(${scaled}, 0)`);
    }
    case "percentile":
      return select(
        `percentile_cont(${aggregate.at / 100}) within group (order by ${quoteIdentifier(aggregate.column)}::double)`
      );
    case "min":
    case "max":
      return select(`${aggregate.kind}(${quoteIdentifier(aggregate.column)})`);
    case "share": {
      const conditions = Object.entries(aggregate.where).map(([column, condition]) =>
        conditionSql(column, source.columns[column]!, condition, codeLists)
      );
      const all = sum(aggregate.weight);
      const of = `coalesce(${all} filter (where ${conditions.join(" and ")}), 0)`;
      return select(`${whole(aggregate.weight, of)} / nullif(${whole(aggregate.weight, all)}, 0)`);
    }
    case "share_within": {
      const inTime = `${quoteIdentifier(aggregate.to)} <= ${limitSql(source.date, aggregate.within)}`;
      return select(`count(*) filter (where ${inTime}) / nullif(count(*), 0)`);
    }
    case "duration": {
      const end = quoteIdentifier(aggregate.to);
      if (aggregate.at === null) return select(`sum(${end} - ${date}) / nullif(count(*), 0)`);
      return kaplanMeierSql({end, date, known, at: aggregate.at}, from);
    }
    case "latest":
      if (aggregate.of === "rows") return select("count(*)");
      if (aggregate.of === "sum") return select(`coalesce(${sum(aggregate.column)}, 0)`);
      return select(`count(distinct ${quoteIdentifier(aggregate.column ?? "")})`);
    case "done": {
      const done = `count(*) filter (where ${quoteIdentifier(aggregate.on)} <= date ${quoteLiteral(counted.to)})`;
      return select(`case when count(*) > 0 and count(*) = ${done} then 1 else 0 end`);
    }
    case "ratio":
      throw new Error("a ratio has no rows of its own");
  }
}

/** The least time by which so many have ended, each day's part of those that could still end; see `daysUntilEnded`. */
function kaplanMeierSql(
  {end, date, known, at}: Readonly<Record<"end" | "date" | "known", string>> & {readonly at: number},
  from: string
): string {
  const ended = `coalesce(${end} <= ${known}, false)`;
  return `select min(days) as value
from (
    select days, product(1 - ended / at_risk) over (order by days) as still_open
    from (
        select
            days,
            count(*) filter (where has_ended) as ended,
            sum(count(*)) over (order by days rows between current row and unbounded following) as at_risk
        from (
            select
                ${ended} as has_ended,
                case when ${ended} then ${end} else ${known} end - ${date} as days
            ${from.split("\n").join("\n            ")}
        )
        group by days
    )
)
where still_open <= ${1 - at / 100} + 1e-12`;
}
