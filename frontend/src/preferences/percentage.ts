/** Percentages are typed and shown, fractions are what the API takes and gives. Digits move, nothing is rounded. */
const PARTS = /^([+-]?)(\d*)\.?(\d*)$/;

/** A percentage that was typed, as a fraction: "7.1" is "0.071". What is no number stays as it is. */
export const shareOf = (percent: string): string => shifted(percent.trim().replace(",", "."), -2);

/** A fraction as a percentage to be typed over: 0.071 is "7.1". */
export const percentOf = (share: string | number): string => shifted(String(share), 2);

function shifted(text: string, places: number): string {
  const parts = PARTS.exec(text);
  if (!parts || !(parts[2] || parts[3])) return text;
  const [, sign, whole = "", fraction = ""] = parts;
  const digits = "0".repeat(Math.max(0, -places)) + whole + fraction + "0".repeat(Math.max(0, places));
  const point = Math.max(0, -places) + whole.length + places;
  const moved = `${digits.slice(0, point).replace(/^0+(?=\d)/, "") || "0"}.${digits.slice(point)}`;
  return sign + moved.replace(/\.?0*$/, "");
}
