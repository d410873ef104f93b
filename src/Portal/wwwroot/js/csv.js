// The CSV of a table, as Audit/Data/CsvWriter writes it: text that a spreadsheet would run as a formula gets an
// apostrophe, plain numbers stay numbers. The portal's display form of numbers is turned into one that programs read.

const display = /^[−-]?\d{1,3}(,\d{3})*(\.\d+)?(e[+-]?\d+)?$/;
const plain = /^-?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

export function cell(text) {
  if (formula.test(text) && text.length > 1 && !plain.test(text)) text = `'${text}`;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function number(text) {
  return display.test(text) ? text.replace('−', '-').replaceAll(',', '') : text;
}

export function csv(table) {
  const rows = [...(table?.rows ?? [])].map(row => [...row.cells].map(each => cell(number(each.textContent.trim()))).join(','));
  return `${rows.join('\r\n')}\r\n`;
}
