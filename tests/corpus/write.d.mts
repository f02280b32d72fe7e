/** @param into Absolute; default: the corpus's own folder. */
export function writeCorpus(into?: string): void;
