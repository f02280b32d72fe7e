import type {RejectReason} from "./contract.ts";
import type {Reject} from "./rejects.ts";
import type {StageColumn} from "./stage.ts";

/** A record whose cell was found at fault by the engine, which knows its number only. */
export interface CellFault {
  readonly record: number;
  readonly reason: RejectReason;
  readonly of: StageColumn;
}

/** A record that is no row. */
export interface RecordFault {
  readonly record: number;
  readonly reason: "wrong_field_count" | "text_after_quote";
  readonly of: null;
  readonly fields?: Reject["fields"];
}

/** Where a fault is and what stands there; line and column are null in files that have none. */
export interface FoundPlace {
  readonly line: number | null;
  readonly column: number | null;
  readonly value: string;
}

/** The first cell of a column that could not be read although its record is kept. */
export interface UnreadCell {
  readonly column: StageColumn;
  /** How many cells of the column. */
  readonly count: number;
  readonly record: number;
}

/** Who is told; rejects come in order of record. */
export interface PlaceListener {
  readonly onReject: (fault: CellFault | RecordFault, place: FoundPlace) => void;
  readonly onUnread: (cell: UnreadCell, place: FoundPlace) => void;
}

/** Reads the extract again for the places of faults, which are in order of record. */
export type FindPlaces = (
  faults: readonly CellFault[],
  unread: readonly UnreadCell[],
  listener: PlaceListener
) => Promise<void>;
