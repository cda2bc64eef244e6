import { useRef, useState } from 'react';
import { Button } from 'tdesign-react';
import { CopyIcon, DownloadIcon } from 'tdesign-icons-react';
import { link, save, SHORT_SECONDS } from '../../../api/link';
import { useTexts } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { Modal } from '../../../shared/Modal';
import { Tabs } from '../../../shared/Tabs';
import { lastName } from '../download';
import type { Entry } from '../entries';
import type { Place } from '../place';
import { CopyObject } from './CopyObject';
import { DetailsTab } from './DetailsTab';
import { LinkTab } from './LinkTab';
import { PreviewTab } from './PreviewTab';
import { TagsTab } from './TagsTab';
import { VersionsTab } from './VersionsTab';
import './drawer.css';

/** Which object, or which version of it, a tab is about. */
export interface Shown {
  bucket: string;
  key: string;
  versionId?: string;
}

interface Props {
  place: Place;
  entry: Entry;
  /** Told whether the list is to be fetched anew. */
  onClose: (isChanged: boolean) => void;
}

/** An object, at the side of the list. */
export function ObjectDrawer({ place, entry, onClose }: Props) {
  const texts = useTexts();
  const { session } = useSignedIn();
  const [isCopying, setIsCopying] = useState(false);
  const isChanged = useRef(false);
  const name = lastName(entry.key) || texts.folderItself;
  const shown: Shown = { bucket: place.bucket, key: entry.key, versionId: entry.versionId };
  const isMarker = entry.kind === 'marker';
  const versions = {
    name: texts.versions,
    content: (
      <VersionsTab
        shown={shown}
        onChanged={() => {
          isChanged.current = true;
        }}
      />
    ),
  };
  return (
    <Modal
      title={name}
      isDrawer
      onClose={() => {
        onClose(isChanged.current);
      }}
    >
      {!isMarker && (
        <div className="drawer-actions">
          <Button
            variant="outline"
            icon={<DownloadIcon />}
            onClick={() => {
              save(link(session, shown, { seconds: SHORT_SECONDS, saveAs: name }), name);
            }}
          >
            {texts.download}
          </Button>
          <Button
            variant="outline"
            icon={<CopyIcon />}
            onClick={() => {
              setIsCopying(true);
            }}
          >
            {texts.copyMove}
          </Button>
        </div>
      )}
      <Tabs
        label={name}
        tabs={
          isMarker
            ? [versions]
            : [
                { name: texts.preview, content: <PreviewTab shown={shown} size={entry.size} /> },
                { name: texts.details, content: <DetailsTab shown={shown} /> },
                { name: texts.tags, content: <TagsTab shown={shown} /> },
                versions,
                { name: texts.link, content: <LinkTab shown={shown} /> },
              ]
        }
      />
      {isCopying && (
        <CopyObject
          shown={shown}
          onClose={() => {
            setIsCopying(false);
          }}
          onDone={() => {
            onClose(true);
          }}
        />
      )}
    </Modal>
  );
}
