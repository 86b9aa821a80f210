/** Which made-up household this browser has been given, so that it can be left again. */
const KEY = "finapp.demo";

export const demoOf = (): string | null => localStorage.getItem(KEY);
export const enterDemo = (email: string): void => localStorage.setItem(KEY, email);
export const leaveDemo = (): void => localStorage.removeItem(KEY);
