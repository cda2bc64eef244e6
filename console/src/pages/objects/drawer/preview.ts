/** How an object is shown. Whatever it is, no script of it runs as the console. */
export type Kind = 'image' | 'text' | 'pdf' | 'audio' | 'video';

const MIB = 1024 * 1024;

/** The largest that is shown, in bytes; sound and films are played while they come. */
export const MOST: Record<Kind, number> = {
  image: 20 * MIB,
  text: Infinity,
  pdf: 50 * MIB,
  audio: Infinity,
  video: Infinity,
};

/** As much of a text as is shown, in bytes. */
export const TEXT_SHOWN = 256 * 1024;

const TEXTS =
  /^(text\/|application\/(json|xml|javascript|x-(sh|yaml|ndjson)|yaml|toml|sql)\b|.*\+(json|xml)$)/;
const BY_ENDING: [RegExp, Kind][] = [
  [/\.(png|jpe?g|gif|webp|avif|bmp|ico|svg)$/i, 'image'],
  [
    /\.(txt|md|log|csv|tsv|json|xml|ya?ml|html?|css|[jt]sx?|java|py|go|rs|c|h|sh|sql|ini|conf|toml)$/i,
    'text',
  ],
  [/\.pdf$/i, 'pdf'],
  [/\.(mp3|wav|flac|m4a|opus|oga)$/i, 'audio'],
  [/\.(mp4|webm|mov|m4v|ogv)$/i, 'video'],
];

/** How an object is shown, by its type, and where that says nothing by its name; nothing if it is not. */
export function kindOf(type: string, key: string): Kind | undefined {
  if (type.startsWith('image/')) return 'image';
  if (type === 'application/pdf') return 'pdf';
  if (type.startsWith('audio/')) return 'audio';
  if (type.startsWith('video/')) return 'video';
  // A drawing in SVG is an image; all else that is text is shown as it is written, HTML too.
  if (TEXTS.test(type)) return 'text';
  const isUnknown = type === '' || type.endsWith('/octet-stream');
  return isUnknown ? BY_ENDING.find(([ending]) => ending.test(key))?.[1] : undefined;
}
