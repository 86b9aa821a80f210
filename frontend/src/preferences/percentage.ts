/** A percentage that was typed, as the fraction the API takes, exactly: "7.1" is "0.071". */
export function shareOf(percent: string): string {
  const [whole = "", decimals = ""] = percent.trim().replace(",", ".").split(".");
  const digits = whole.padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}${decimals}`;
}
