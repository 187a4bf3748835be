/** What somebody typed as their second factor: six digits of the app, else a recovery code. */
export function factorOf(code: string): Record<string, string> {
  const digits = code.replace(/\s/g, "");
  if (digits === "") {
    return {};
  }
  return /^\d{6}$/.test(digits) ? { totp: digits } : { recovery_code: code.trim() };
}
