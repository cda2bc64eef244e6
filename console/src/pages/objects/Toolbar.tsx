import { useRef } from 'react';
import { Button, Checkbox } from 'tdesign-react';
import { DeleteIcon, DownloadIcon, FolderAddIcon, RefreshIcon, UploadIcon } from 'tdesign-icons-react';
import { useTexts } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { fromField } from '../../transfers/chosen';
import type { Place } from './place';

interface Props {
  place: Place;
  search: string;
  isVersions: boolean;
  /** How many entries are chosen. */
  count: number;
  onSearch: (text: string) => void;
  onVersions: (are: boolean) => void;
  onRefresh: () => void;
  onDialog: (dialog: 'delete' | 'download' | 'folder') => void;
}

/** What can be done in a folder, and with what is chosen in it. */
export function Toolbar({
  place,
  search,
  isVersions,
  count,
  onSearch,
  onVersions,
  onRefresh,
  onDialog,
}: Props) {
  const texts = useTexts();
  return (
    <div className="toolbar">
      <input
        type="search"
        aria-label={texts.objectSearch}
        placeholder={texts.objectSearch}
        value={search}
        onChange={(event) => {
          onSearch(event.target.value);
        }}
      />
      <Checkbox checked={isVersions} onChange={onVersions}>
        {texts.versionsShow}
      </Checkbox>
      <Button
        variant="text"
        shape="square"
        aria-label={texts.refresh}
        icon={<RefreshIcon />}
        onClick={onRefresh}
      />
      <span className="toolbar-gap" role="status">
        {count > 0 && texts.chosen(count)}
      </span>
      {count > 0 ? (
        <>
          {!isVersions && (
            <Button
              variant="outline"
              icon={<DownloadIcon />}
              onClick={() => {
                onDialog('download');
              }}
            >
              {texts.download}
            </Button>
          )}
          <Button
            theme="danger"
            variant="outline"
            icon={<DeleteIcon />}
            onClick={() => {
              onDialog('delete');
            }}
          >
            {texts.remove}
          </Button>
        </>
      ) : (
        <>
          <Button
            variant="outline"
            icon={<FolderAddIcon />}
            onClick={() => {
              onDialog('folder');
            }}
          >
            {texts.folderCreate}
          </Button>
          <Picker place={place} isFolder />
          <Picker place={place} />
        </>
      )}
    </div>
  );
}

/** Chooses files, or a folder, to be uploaded. */
function Picker({ place, isFolder }: { place: Place; isFolder?: boolean }) {
  const texts = useTexts();
  const { uploads } = useSignedIn();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        data-of={isFolder ? 'folder' : 'files'}
        {...(isFolder && { webkitdirectory: '' })}
        onChange={(event) => {
          uploads.add(place.bucket, place.prefix, fromField(event.target.files));
          // So that the same file can be chosen again.
          event.target.value = '';
        }}
      />
      <Button
        theme={isFolder ? 'default' : 'primary'}
        variant={isFolder ? 'outline' : 'base'}
        icon={<UploadIcon />}
        onClick={() => field.current?.click()}
      >
        {isFolder ? texts.uploadFolder : texts.uploadFiles}
      </Button>
    </>
  );
}
