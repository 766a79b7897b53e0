/** Takes known secrets out of text that came from outside, such as a gateway's page that echoes the request. */
export interface Redactor {
  add(secret: string): void;
  clean(text: string): string;
}

/** Shorter ones are no secrets worth the name, and taking them out would garble every message. */
const shortest = 4;
/** Tokens come and go; an answer can only echo a recent one. */
const kept = 16;

/** Makes a redactor that knows the secrets given, for good, and the last few of those added. */
export function createRedactor(secrets: readonly string[]): Redactor {
  const lasting = secrets.flatMap(formsOf);
  let recent: string[] = [];
  return {
    add(secret) {
      recent = [...formsOf(secret), ...recent].slice(0, kept);
    },
    clean(text) {
      let cleaned = text;
      for (const secret of [...lasting, ...recent]) cleaned = cleaned.replaceAll(secret, '[secret]');
      return cleaned;
    },
  };
}

/** As it is, as in JSON, and as in a URL. */
function formsOf(secret: string): string[] {
  if (secret.length < shortest) return [];
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])];
}
