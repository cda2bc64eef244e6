import { FileIcon, FolderIcon } from 'tdesign-icons-react';
import { useTexts } from '../../i18n';
import { bytes, time } from '../../shared/format';
import { nameOf, type Entry } from './entries';

interface Props {
  entry: Entry;
  row: number;
  /** Where it is drawn, in pixels. */
  top: number;
  prefix: string;
  isVersions: boolean;
  isCurrent: boolean;
  isChosen: boolean;
  language: string;
  onToggle: (isRange: boolean) => void;
  onOpen: () => void;
}

/** A row of the list; by keyboard it is reached through the list itself. */
export function ObjectRow(props: Props) {
  const { entry, row, top, prefix, isVersions, isCurrent, isChosen, language, onToggle, onOpen } = props;
  const texts = useTexts();
  const name = nameOf(entry.key, prefix) || texts.folderItself;
  const isFolder = entry.kind === 'folder';
  return (
    <div
      role="row"
      id={`row-${row}`}
      aria-rowindex={row + 2}
      aria-selected={isChosen}
      className={isCurrent ? 'grid-row grid-current' : 'grid-row'}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="gridcell">
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={texts.choose(name)}
          checked={isChosen}
          onClick={(event) => {
            onToggle(event.shiftKey);
          }}
          onChange={() => undefined}
        />
      </span>
      <span role="gridcell" className="grid-name">
        <button type="button" tabIndex={-1} title={name} onClick={onOpen}>
          {isFolder ? <FolderIcon /> : <FileIcon />}
          <span>{name}</span>
        </button>
        {isVersions && !isFolder && (
          <span className="grid-version">
            {entry.kind === 'marker' && <span className="badge badge-bad">{texts.deleteMarker}</span>}
            {entry.isLatest && <span className="badge">{texts.versionLatest}</span>}
            <code title={entry.versionId}>{entry.versionId}</code>
          </span>
        )}
      </span>
      <span role="gridcell" className="number">
        {entry.kind === 'object' ? bytes(entry.size) : '–'}
      </span>
      <span role="gridcell">{entry.storageClass || '–'}</span>
      <span role="gridcell">{entry.modified ? time(entry.modified, language) : '–'}</span>
    </div>
  );
}
