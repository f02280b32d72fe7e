import {resolve} from "node:path";
import type {Project} from "../config/project.ts";

/** Absolute paths of a project's folders. */
export interface ProjectPaths {
  readonly inbox: string;
  readonly warehouse: string;
  readonly out: string;
}

export function projectPaths({directory, settings: {paths}}: Project): ProjectPaths {
  return {
    inbox: resolve(directory, paths.inbox),
    warehouse: resolve(directory, paths.warehouse),
    out: resolve(directory, paths.out)
  };
}
