import {typingOf} from "./column-typing.ts";
import type {ExtractRequest} from "./contract.ts";
import {type HeaderMatch, isRequired} from "./header.ts";
import type {StageColumn} from "./stage.ts";

/**
 * The columns that were found, with how each is to be read.
 *
 * @param cells `plain`: the file has no blanks but the space; `thousands`: the separator in all its numbers.
 */
export function stageColumns(
  {source, roster, today}: Pick<ExtractRequest, "source" | "roster" | "today">,
  {mapped, withheld}: HeaderMatch,
  {plain, thousands}: {readonly plain: boolean; readonly thousands?: string | undefined}
): StageColumn[] {
  return mapped.flatMap((found) => {
    const declared = source.columns[found.column];
    if (declared === undefined) return [];
    return {
      ...found,
      typing: typingOf(declared, roster, plain, thousands),
      required: isRequired(source, found.column),
      isSegment: declared.segment !== undefined,
      notAfter: found.column === source.date ? today : null,
      withheld: withheld.has(found.position)
    };
  });
}
