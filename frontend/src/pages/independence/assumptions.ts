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
