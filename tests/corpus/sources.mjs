/** The sources of the corpus, by name: what each says differently from the first. */
const columns = {
  id: {from: ["ID", "Number"], type: "text", required: true},
  day: {from: ["Day"], type: "date", formats: ["MM/dd/yyyy", "yyyy-MM-dd"], required: true},
  area: {from: ["AREA"], segment: "area", required: true},
  code: {from: ["Code"], type: "integer"},
  note: {from: ["Note"], type: "text"},
  age: {from: ["Age"], personal: "drop"}
};
const incidents = {columns, ignore: ["Place"], rejects: {at_most: "100%"}};

export const sources = {
  incidents,
  strict: {...incidents, rejects: {at_most: "0%"}},
  keyed: {...incidents, key: ["id"]},
  semicolons: {...incidents, csv: {delimiter: ";"}},
  tabs: {...incidents, csv: {delimiter: "\t"}},
  utf16: {...incidents, csv: {encoding: "utf-16"}},
  windows1252: {...incidents, csv: {encoding: "windows-1252"}},
  trailing: {...incidents, csv: {trailing_delimiter: true}},
  banner: {...incidents, csv: {banner: 2}},
  thousands: {...incidents, csv: {thousands: ","}},
  sheet: {...incidents, excel: {sheet: "Incidents"}},
  excelBanner: {...incidents, excel: {banner: 2}},
  serials: {
    ...incidents,
    columns: {...columns, day: {...columns.day, formats: [...columns.day.formats, "excel_serial"]}}
  },
  positions: {
    ...incidents,
    columns: {
      id: {...columns.id, position: 1},
      day: {...columns.day, position: 2},
      area: {...columns.area, position: 3}
    }
  }
};
