import type { Texts } from '../../i18n/en';

/** With the number of the account. */
const MAX = 50;
const RULE = /^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/;

/** What is wrong with a name; nothing if a bucket may have it. */
export function nameTrouble(whole: string, entered: string, texts: Texts): string | undefined {
  if (entered === '') return texts.bucketNameShort;
  if (whole.length > MAX) return texts.bucketNameLong;
  return RULE.test(entered) ? undefined : texts.bucketNameBad;
}
