import type {Project} from "../../config/project.ts";

/** What a unit for a system's own scheduler is printed from. */
export interface UnitRequest {
  readonly project: Project;
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of the file that Node runs as milepost. */
  readonly program: string;
}
