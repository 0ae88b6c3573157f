// How wide texts are, and how they are cut to fit: a Chinese character counts as two columns, a Latin one as one.

const isWide = (letter: string): boolean => {
  const code = letter.codePointAt(0)!;
  return code > 0x2e7f && code < 0x1f000 && !(code >= 0xff61 && code <= 0xffdc);
};

export const columns = (text: string): number => {
  let count = 0;
  for (const letter of text) count += isWide(letter) ? 2 : 1;
  return count;
};

export function cut(text: string, most: number): string {
  if (text.length <= most / 2 || columns(text) <= most) return text;
  let count = 0;
  let kept = "";
  for (const letter of text) {
    count += isWide(letter) ? 2 : 1;
    if (count > most - 1) break;
    kept += letter;
  }
  return `${kept.trimEnd()}…`;
}

// Names are compared as papergraph compares them: full width, case, spaces and punctuation make no difference.
export const fold = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/×/g, "x")
    .replace(/[\s\-‐-―_·•/\\.,:;'"“”‘’()[\]【】「」《》<>|`~$^]+/g, "");

export type Measure = (text: string) => number;
// Where nothing can be measured, as in tests.
export const estimate: Measure = (text) => columns(text) * 6.6;
