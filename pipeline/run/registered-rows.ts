import {z} from "zod";
import type {ProjectSource} from "../config/project.ts";
import {countedRowsSql} from "../facts/standing.ts";
import {quoteIdentifier} from "../warehouse/sql.ts";
import type {Answer} from "./answer.ts";
import {tellingDamagedRows} from "./check-rows.ts";
import {withEngine} from "./scratch.ts";

/**
 * Rows of the registers by the target that they name, done or not: a target without one is not in it. A measure can't
 * tell them apart: no row and a row without its day of completion both count nothing.
 *
 * @throws RunFailure when rows are lost or damaged.
 */
export async function registeredRows({
  project,
  knowledge,
  coverages,
  warehouse
}: Pick<Answer, "project" | "knowledge" | "coverages" | "warehouse">): Promise<ReadonlyMap<string, number>> {
  const registers = [...project.sources.values()].flatMap((source) =>
    source.register === undefined ? [] : [{source, column: source.register.target}]
  );
  const selects = registers.flatMap(({source, column}) => {
    const rows = rowsOf(source);
    return rows === null ? [] : [`select ${quoteIdentifier(column)}::varchar as target from (\n${rows}\n) as listed`];
  });
  if (selects.length === 0) return new Map();
  const found = await tellingDamagedRows(knowledge.loads, warehouse, () =>
    withEngine(warehouse, (engine) =>
      engine.rows(
        `select target, count(*)::integer as listed from (\n${selects.join("\nunion all\n")}\n) group by target order by target`,
        z.object({target: z.string(), listed: z.int()})
      )
    )
  );
  return new Map(found.map(({target, listed}) => [target, listed]));

  function rowsOf(source: ProjectSource): string | null {
    const loads = knowledge.loads.filter((load) => load.source === source.source);
    const ownership = coverages.get(source.source)?.ownership ?? [];
    const deciding = loads.filter(({id}) => ownership.some(({load}) => load === id));
    if (deciding.length === 0) return null;
    return countedRowsSql(source, loads, deciding, ownership, warehouse, project.settings.time_zone);
  }
}
