import type {RejectReason} from "./contract.ts";
import type {StageColumn} from "./stage.ts";

/** A record whose cell was found at fault by the engine, which knows its number only. */
export interface CellFault {
  readonly record: number;
  readonly reason: RejectReason;
  readonly of: StageColumn;
  /** What should stand there, for people. */
  readonly expected: string;
}

/** A record that is no row. */
export interface RecordFault {
  readonly record: number;
  readonly reason: "wrong_field_count" | "text_after_quote";
  readonly of: null;
  readonly expected: string;
  /** Of a wrong field count. */
  readonly fields?: {readonly found: number; readonly expected: number} | undefined;
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

/** Faults of cells in order of record: made one by one, because there can be as many as the file has records. */
export interface CellFaults {
  readonly length: number;
  /** The record's number alone, or null beyond the end. */
  record(index: number): number | null;
  at(index: number): CellFault;
}

/** Reads the extract again for the places of faults. */
export type FindPlaces = (faults: CellFaults, unread: readonly UnreadCell[], listener: PlaceListener) => Promise<void>;
