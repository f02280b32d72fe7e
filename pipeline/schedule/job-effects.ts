import type {Diagnostic} from "../diagnostics/diagnostic.ts";
import type {Tell} from "../run/progress.ts";

/** What a scheduled run touches besides the project's folder. */
export interface JobEffects {
  /** The only clock: what is due, and the times of entries and records. */
  readonly now: () => Date;
  /** Paths are relative to it; nothing of the job depends on it. */
  readonly cwd: string;
  /** Milepost's own version. */
  readonly version: string;
  /** What is being done now, and how far it is. */
  readonly progress: Tell;
  /** What somebody should know: refusals, failures, warnings. */
  readonly tell: (diagnostics: readonly Diagnostic[]) => void;
  /** Whether the run shall end after the step at hand. */
  readonly stopping: () => boolean;
  /** 16 hex digits that no other run has. */
  readonly newId: () => string;
}
