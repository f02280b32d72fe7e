import type {PageModel, Section} from "../../pipeline/bundle/page-model.ts";

/** A report of these sections and nothing else. */
export function paperModel(sections: readonly Section[]): PageModel {
  return {
    language: "en",
    project: "P",
    title: "Report",
    subtitle: "2024",
    facts: [],
    draft: true,
    synthetic: null,
    notice: null,
    sections
  };
}

/** A section on a sheet of its own, called as its id. */
export function paperSection(id: string, blocks: Section["blocks"]): Section {
  return {id, title: id, new_page: true, status: null, blocks, sections: []};
}
