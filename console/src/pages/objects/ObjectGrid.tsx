import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useLanguage } from '../../i18n';
import { rowsInSight, scrollTo } from '../../shared/rows';
import type { Entry } from './entries';
import { ObjectRow } from './ObjectRow';

const ROW = 40;
const HEAD = 40;
/** The next page is fetched when fewer rows than this are left below. */
const AHEAD = 500;

interface Props {
  entries: readonly Entry[];
  prefix: string;
  isWhole: boolean;
  isLoading: boolean;
  isVersions: boolean;
  chosen: ReadonlyMap<string, Entry>;
  onChoose: (chosen: ReadonlyMap<string, Entry>) => void;
  onMore: () => void;
  onOpen: (entry: Entry) => void;
  onDelete: () => void;
}

/** The list, of which only the rows in sight are drawn: a million are as quick as ten. */
export function ObjectGrid(props: Props) {
  const { entries, prefix, isWhole, isLoading, isVersions, chosen, onChoose, onMore, onOpen, onDelete } =
    props;
  const { texts, language } = useLanguage();
  const grid = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const [view, setView] = useState(600);
  const [wanted, setWanted] = useState(0);
  const anchor = useRef(0);
  const current = Math.min(wanted, entries.length - 1);
  const rows = rowsInSight(entries.length, ROW, view, scrollTop);

  useLayoutEffect(() => {
    const element = grid.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      setView(Math.max(element.clientHeight - HEAD, ROW));
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  useEffect(() => {
    if (!isWhole && !isLoading && rows.end > entries.length - AHEAD) onMore();
  }, [isWhole, isLoading, rows.end, entries.length, onMore]);

  const go = (to: number, isRange: boolean) => {
    const row = Math.max(0, Math.min(entries.length - 1, to));
    setWanted(row);
    if (isRange) chooseUpTo(row);
    else anchor.current = row;
    grid.current?.scrollTo({ top: scrollTo(row, entries.length, ROW, view, scrollTop) });
  };
  const toggle = (row: number) => {
    const entry = entries[row];
    if (!entry) return;
    const next = new Map(chosen);
    if (!next.delete(entry.id)) next.set(entry.id, entry);
    anchor.current = row;
    onChoose(next);
  };
  const chooseUpTo = (row: number) => {
    const next = new Map(chosen);
    const [from, to] = [Math.min(anchor.current, row), Math.max(anchor.current, row)];
    for (const entry of entries.slice(from, to + 1)) next.set(entry.id, entry);
    onChoose(next);
  };
  const all = () => {
    onChoose(
      chosen.size >= entries.length ? new Map() : new Map(entries.map((entry) => [entry.id, entry] as const)),
    );
  };
  const steps: Record<string, number> = {
    ArrowDown: current + 1,
    ArrowUp: current - 1,
    PageDown: current + Math.floor(view / ROW),
    PageUp: current - Math.floor(view / ROW),
    Home: 0,
    End: entries.length - 1,
  };
  const press = (event: KeyboardEvent) => {
    const step = steps[event.key];
    const entry = entries[current];
    if (step !== undefined) go(step, event.shiftKey);
    else if (event.key === ' ') toggle(current);
    else if (event.key === 'Enter' && entry) onOpen(entry);
    else if (event.key === 'Delete') onDelete();
    else if (event.key === 'Escape') onChoose(new Map());
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) all();
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div
        ref={grid}
        className="grid"
        role="grid"
        tabIndex={0}
        aria-label={texts.objects}
        aria-multiselectable
        aria-rowcount={isWhole ? entries.length + 1 : -1}
        aria-activedescendant={current >= rows.first && current < rows.end ? `row-${current}` : undefined}
        onKeyDown={press}
        onScroll={(event) => {
          setScrollTop(event.currentTarget.scrollTop);
        }}
      >
        <div role="rowgroup" className="grid-head">
          <div role="row" aria-rowindex={1} className="grid-row">
            <span role="columnheader">
              <input
                type="checkbox"
                tabIndex={-1}
                aria-label={texts.chooseAll}
                checked={chosen.size > 0 && chosen.size >= entries.length}
                onChange={all}
              />
            </span>
            <span role="columnheader">{texts.name}</span>
            <span role="columnheader" className="number">
              {texts.size}
            </span>
            <span role="columnheader">{texts.storageClass}</span>
            <span role="columnheader">{texts.modified}</span>
          </div>
        </div>
        <div role="rowgroup" className="grid-body" style={{ height: rows.height }}>
          {entries.slice(rows.first, rows.end).map((entry, at) => {
            const row = rows.first + at;
            return (
              <ObjectRow
                key={entry.id}
                entry={entry}
                row={row}
                top={rows.top + at * ROW}
                prefix={prefix}
                isVersions={isVersions}
                isCurrent={row === current}
                isChosen={chosen.has(entry.id)}
                language={language}
                onToggle={(isRange) => {
                  setWanted(row);
                  if (isRange) chooseUpTo(row);
                  else toggle(row);
                }}
                onOpen={() => {
                  setWanted(row);
                  onOpen(entry);
                }}
              />
            );
          })}
        </div>
      </div>
      <p className="grid-foot muted" role="status">
        {isWhole
          ? texts.objectsListed(entries.length.toLocaleString(language))
          : texts.objectsSoFar(entries.length.toLocaleString(language))}
      </p>
    </>
  );
}
