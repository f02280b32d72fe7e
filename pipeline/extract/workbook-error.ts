/** A file that is no workbook as it should be; `problem` is a sentence's worth, without names of things outside of it. */
export class WorkbookError extends Error {
  readonly problem: string;

  constructor(problem: string) {
    super(problem);
    this.name = "WorkbookError";
    this.problem = problem;
  }
}
