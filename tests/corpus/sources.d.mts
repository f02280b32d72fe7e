export const sources: Readonly<Record<string, Record<string, unknown>>>;
