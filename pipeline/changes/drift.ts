import type {Drift, Receipt} from "../ledger/contract.ts";

type Columns = Receipt["columns"];

const none: Drift = {added: [], gone: [], moved: [], renamed: []};

/**
 * How the columns of an extract differ from those of the one before it. Names are headers as they stand in the files;
 * those that the source ignores or drops are in neither receipt, so not told.
 *
 * @param before Null where there is no extract before it: nothing has changed then.
 */
export function columnDrift(before: Columns | null, now: Columns): Drift {
  if (before === null) return none;
  const renamed = now.mapped.flatMap(({column, header: to}) => {
    const from = before.mapped.find((one) => one.column === column)?.header;
    return from === undefined || from.trim() === to.trim() ? [] : [{column, from, to}];
  });
  const [old, young] = [headersOf(before), headersOf(now)];
  const [left, come] = [new Set(renamed.map(({from}) => from)), new Set(renamed.map(({to}) => to))];
  return {
    added: young.filter((header) => !old.includes(header) && !come.has(header)),
    gone: old.filter((header) => !young.includes(header) && !left.has(header)),
    moved: movedColumns(before, now),
    renamed
  };
}

function headersOf({mapped, unknown}: Columns): string[] {
  return [...byPosition(mapped).map(({header}) => header), ...unknown];
}

/**
 * Columns of both files that stand in another order. As few as explain it: a column put in front of all others moves
 * none of them.
 */
function movedColumns(before: Columns, now: Columns): Drift["moved"] {
  const from = new Map(before.mapped.map(({column, position}) => [column, position]));
  const common = byPosition(now.mapped).filter(({column}) => from.has(column));
  const kept = longestRise(common.map(({column}) => from.get(column)!));
  return common.flatMap(({column, header, position}, index) =>
    kept.has(index) ? [] : [{header, from: from.get(column)!, to: position}]
  );
}

function byPosition(mapped: Columns["mapped"]): Columns["mapped"] {
  return [...mapped].sort((a, b) => a.position - b.position);
}

/** Places of a longest run of numbers, not necessarily neighbours, of which each is greater than the one before. */
function longestRise(numbers: readonly number[]): Set<number> {
  const length: number[] = [];
  const previous: number[] = [];
  for (const [place, number] of numbers.entries()) {
    length[place] = 1;
    previous[place] = -1;
    for (let earlier = 0; earlier < place; earlier += 1) {
      if (numbers[earlier]! < number && length[earlier]! + 1 > length[place]!) {
        length[place] = length[earlier]! + 1;
        previous[place] = earlier;
      }
    }
  }
  const run = new Set<number>();
  let at = length.indexOf(Math.max(0, ...length));
  while (at >= 0) {
    run.add(at);
    at = previous[at]!;
  }
  return run;
}
