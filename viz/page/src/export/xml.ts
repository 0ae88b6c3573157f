// Text in XML: what its grammar has no place for (XML 1.0, 2.2) becomes a replacement character.
export const escapeXml = (text: string): string =>
  text
    .replace(/[^\u0009\u000a\u000d\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[<>&"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
