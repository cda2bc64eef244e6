/** Where rows of one height are drawn, of which only those in sight exist. */
export interface Rows {
  /** How high all of them are together on the page, in pixels. */
  height: number;
  first: number;
  /** Behind the last. */
  end: number;
  /** Where the first begins, in pixels. */
  top: number;
}

/** Browsers draw nothing further down than some 17 million pixels; from there on scrolling is condensed. */
const MAX_HEIGHT = 16_000_000;

/** Rows that are drawn beyond either edge, so that scrolling shows no gaps. */
const SPARE = 6;

/** Which rows are in sight. */
export function rowsInSight(count: number, rowHeight: number, view: number, scrollTop: number): Rows {
  const whole = count * rowHeight;
  const height = Math.min(whole, MAX_HEIGHT);
  const way = Math.max(height - view, 1);
  const shift = (Math.min(scrollTop, way) / way) * (whole - height);
  const first = Math.max(0, Math.floor((scrollTop + shift) / rowHeight) - SPARE);
  const end = Math.min(count, Math.ceil((scrollTop + shift + view) / rowHeight) + SPARE);
  return { height, first, end, top: first * rowHeight - shift };
}

/** How far to scroll so that a row is in sight; where it is already, not at all. */
export function scrollTo(
  row: number,
  count: number,
  rowHeight: number,
  view: number,
  scrollTop: number,
): number {
  const whole = count * rowHeight;
  const height = Math.min(whole, MAX_HEIGHT);
  const stretch = (whole - view) / Math.max(height - view, 1);
  const factor = Math.max(stretch, 1);
  const seen = scrollTop * factor;
  if (row * rowHeight < seen) return (row * rowHeight) / factor;
  if ((row + 1) * rowHeight > seen + view) return ((row + 1) * rowHeight - view) / factor;
  return scrollTop;
}
