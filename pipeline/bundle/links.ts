import {anchorsOf, type Block, type Section} from "./page-model.ts";

/**
 * Sections whose links all lead somewhere: a report may leave out the section that a title leads to, and the title is
 * then plain text.
 */
export function withoutLostLinks(sections: readonly Section[]): Section[] {
  const ids = new Set(sections.flatMap(idsOf));
  const kept = (id: string | null) => (id !== null && ids.has(id) ? id : null);
  const mended = (section: Section): Section => ({
    ...section,
    blocks: section.blocks.map((block) => mendedBlock(block, kept)),
    sections: section.sections.map(mended)
  });
  return sections.map(mended);
}

function idsOf(section: Section): string[] {
  return [...anchorsOf(section), ...section.sections.flatMap(idsOf)];
}

function mendedBlock(block: Block, kept: (id: string | null) => string | null): Block {
  if (block.kind === "items") {
    return {...block, items: block.items.map((item) => ({...item, section: kept(item.section)}))};
  }
  if (block.kind === "table") {
    const groups = block.groups.map(({title, rows}) => ({
      title,
      rows: rows.map((cells) => cells.map((cell) => ({...cell, section: kept(cell.section)})))
    }));
    return {...block, groups};
  }
  if (block.kind === "chart" && block.elsewhere !== null) {
    return {...block, elsewhere: {...block.elsewhere, section: kept(block.elsewhere.section)}};
  }
  return block;
}
