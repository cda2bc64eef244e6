import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { MessagePlugin } from 'tdesign-react';
import { useTexts } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { Problem } from '../../shared/Problem';
import { Waiting } from '../../shared/Waiting';
import { fromDrop } from '../../transfers/chosen';
import { CreateFolder } from './CreateFolder';
import { DeleteObjects } from './DeleteObjects';
import { DownloadObjects } from './DownloadObjects';
import { ObjectDrawer } from './drawer/ObjectDrawer';
import type { Entry } from './entries';
import { Listing } from './Listing';
import { ObjectGrid } from './ObjectGrid';
import { page } from './pages';
import { hrefOf, type Place } from './place';
import { Toolbar } from './Toolbar';
import { Trail } from './Trail';
import './objects.css';

/** Typing is over when nothing came for this long, in milliseconds. */
const PAUSE = 250;

type Dialog = 'delete' | 'download' | 'folder';

/** The objects of a folder of a bucket. */
export default function ObjectsPage({ place }: { place: Place }) {
  return <Folder key={place.prefix} place={place} />;
}

function Folder({ place }: { place: Place }) {
  const texts = useTexts();
  const { cos, session, uploads, end } = useSignedIn();
  const [search, setSearch] = useState('');
  const [sought, setSought] = useState('');
  const [isVersions, setIsVersions] = useState(false);
  const [turn, setTurn] = useState(0);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Entry>>(new Map());
  const [dialog, setDialog] = useState<Dialog>();
  const [opened, setOpened] = useState<Entry>();
  const [isOver, setIsOver] = useState(false);
  const { rounds } = useSyncExternalStore(uploads.subscribe, uploads.snapshot);
  const { bucket, prefix } = place;
  const query = useMemo(
    () => ({ bucket, region: session.region, prefix: prefix + sought, isByFolder: true, isVersions }),
    [bucket, prefix, sought, isVersions, session],
  );
  const listing = useMemo(
    () => new Listing((from) => page(cos, query, from)),
    // A new turn or a round of uploads lists anew.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [cos, query, turn, rounds],
  );
  const { entries, isWhole, isLoading, failure } = useSyncExternalStore(listing.subscribe, listing.snapshot);
  const refresh = () => {
    setChosen(new Map());
    setTurn(turn + 1);
  };
  useEffect(() => {
    listing.more();
  }, [listing]);
  useEffect(() => {
    if (failure?.isOver) end(true);
  }, [failure, end]);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSought(search);
    }, PAUSE);
    return () => {
      clearTimeout(timer);
    };
  }, [search]);
  const open = (entry: Entry) => {
    if (entry.kind === 'folder') location.hash = hrefOf({ bucket, prefix: entry.key });
    else setOpened(entry);
  };
  const close = () => {
    setDialog(undefined);
  };
  const shown = entries.length === 0 && isWhole ? 'nothing' : entries.length > 0 ? 'list' : 'wait';

  return (
    <div
      className={isOver ? 'objects objects-over' : 'objects'}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
        setIsOver(false);
      }}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        void fromDrop(event.dataTransfer).then((files) => {
          uploads.add(bucket, prefix, files);
        });
      }}
    >
      <Trail place={place} />
      <Toolbar
        place={place}
        search={search}
        isVersions={isVersions}
        count={chosen.size}
        onSearch={(text) => {
          setSearch(text);
          setChosen(new Map());
        }}
        onVersions={(are) => {
          setIsVersions(are);
          setChosen(new Map());
        }}
        onRefresh={refresh}
        onDialog={setDialog}
      />
      {failure && <Problem failure={failure} onRetry={listing.more} />}
      {shown === 'wait' && !failure && <Waiting />}
      {shown === 'nothing' && (
        <p className="empty">
          {sought ? texts.objectsNoMatch(sought) : prefix ? texts.folderEmpty : texts.bucketEmpty}
        </p>
      )}
      {shown === 'list' && (
        <ObjectGrid
          entries={entries}
          prefix={prefix}
          isWhole={isWhole}
          isLoading={isLoading}
          isVersions={isVersions}
          chosen={chosen}
          onChoose={setChosen}
          onMore={listing.more}
          onOpen={open}
          onDelete={() => {
            if (chosen.size > 0) setDialog('delete');
          }}
        />
      )}
      {isOver && <p className="drop-here">{texts.dropHere(bucket, prefix)}</p>}
      {dialog === 'delete' && (
        <DeleteObjects
          place={place}
          isVersions={isVersions}
          chosen={chosen}
          onClose={close}
          onDeleted={(count) => {
            close();
            listing.remove(new Set(chosen.keys()));
            setChosen(new Map());
            void MessagePlugin.success(texts.objectsDeleted(count));
          }}
        />
      )}
      {dialog === 'download' && <DownloadObjects place={place} chosen={chosen} onClose={close} />}
      {dialog === 'folder' && (
        <CreateFolder
          place={place}
          onClose={close}
          onCreated={() => {
            close();
            refresh();
          }}
        />
      )}
      {opened && (
        <ObjectDrawer
          place={place}
          entry={opened}
          onClose={(isChanged) => {
            setOpened(undefined);
            if (isChanged) refresh();
          }}
        />
      )}
    </div>
  );
}
