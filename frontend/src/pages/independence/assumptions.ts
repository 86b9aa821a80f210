/** The assumptions of the plan: how the API names them where they are set and where they are shown, and what they are. */
export const ASSUMPTIONS = [
  { name: "annual_expenses", shown: "annual_expenses", kind: "money" },
  { name: "essential_expenses", shown: "essential_expenses", kind: "money" },
  { name: "monthly_income", shown: "monthly_income", kind: "money" },
  { name: "monthly_savings", shown: "monthly_savings", kind: "money" },
  { name: "invested", shown: "invested", kind: "money" },
  { name: "part_time_income", shown: "part_time_income", kind: "money" },
  { name: "withdrawal_rate", shown: "withdrawal_rate", kind: "rate" },
  { name: "real_return", shown: "real_return", kind: "rate" },
  { name: "volatility", shown: "volatility", kind: "rate" },
  { name: "fat_factor", shown: "fat_factor", kind: "factor" },
  { name: "birth_year", shown: "age", kind: "years" },
  { name: "retirement_age", shown: "retirement_age", kind: "years" },
] as const;

export type Assumption = (typeof ASSUMPTIONS)[number];

const PLACES = /^(-?)(\d*)\.?(\d*)$/;

/** Moves the point of a decimal text, exactly: `shifted("4.25", -2)` is `0.0425`. What is no number stays as it is. */
export function shifted(text: string, places: number): string {
  const parts = PLACES.exec(text);
  if (!parts || !(parts[2] || parts[3])) return text;
  const [, sign, whole = "", fraction = ""] = parts;
  const digits = "0".repeat(Math.max(0, -places)) + whole + fraction + "0".repeat(Math.max(0, places));
  const point = Math.max(0, -places) + whole.length + places;
  const moved = `${digits.slice(0, point).replace(/^0+(?=\d)/, "") || "0"}.${digits.slice(point)}`;
  return sign + moved.replace(/\.?0*$/, "");
}
