import { useCallback, useState } from 'react';
import { Button, MessagePlugin } from 'tdesign-react';
import { AddIcon, DeleteIcon } from 'tdesign-icons-react';
import { useLanguage } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { Confirm } from '../../shared/Confirm';
import { Field } from '../../shared/Field';
import { bytes, time } from '../../shared/format';
import { Head } from '../../shared/Head';
import { Problem } from '../../shared/Problem';
import { useAction } from '../../shared/useAction';
import { useLoaded } from '../../shared/useLoaded';
import { Waiting } from '../../shared/Waiting';
import { hrefOf } from '../objects/place';
import { CreateBucket } from './CreateBucket';
import { loadBuckets, type BucketRow } from './loadBuckets';

/** The buckets of the account: what they hold, and new ones. */
export default function BucketsPage() {
  const { texts } = useLanguage();
  const signedIn = useSignedIn();
  const { data, failure, reload } = useLoaded(useCallback(() => loadBuckets(signedIn), [signedIn]));
  const [search, setSearch] = useState('');
  const [isCreating, setIsCreating] = useState(false);
  const [deleting, setDeleting] = useState<string>();
  const found = data?.filter((bucket) => bucket.name.includes(search.trim().toLowerCase()));

  return (
    <>
      <div className="page-head">
        <h1>{texts.buckets}</h1>
        <Button
          theme="primary"
          icon={<AddIcon />}
          onClick={() => {
            setIsCreating(true);
          }}
        >
          {texts.bucketCreate}
        </Button>
      </div>
      {failure && <Problem failure={failure} onRetry={reload} />}
      {!data && !failure && <Waiting />}
      {data?.length === 0 && <p className="empty">{texts.bucketsNone}</p>}
      {found && data && data.length > 0 && (
        <>
          <Field label={texts.bucketSearch} value={search} type="search" onChange={setSearch} />
          {found.length === 0 && <p className="empty">{texts.bucketsNoMatch}</p>}
          {found.length > 0 && <BucketTable buckets={found} onDelete={setDeleting} />}
        </>
      )}
      {isCreating && (
        <CreateBucket
          onClose={() => {
            setIsCreating(false);
          }}
          onCreated={(name) => {
            setIsCreating(false);
            void MessagePlugin.success(texts.bucketCreated(name));
            reload();
          }}
        />
      )}
      {deleting && (
        <DeleteBucket
          name={deleting}
          onClose={() => {
            setDeleting(undefined);
          }}
          onDeleted={() => {
            setDeleting(undefined);
            void MessagePlugin.success(texts.bucketDeleted(deleting));
            reload();
          }}
        />
      )}
    </>
  );
}

function BucketTable({ buckets, onDelete }: { buckets: BucketRow[]; onDelete: (name: string) => void }) {
  const { texts, language } = useLanguage();
  return (
    <table className="list">
      <Head
        columns={[
          texts.name,
          texts.bucketRegion,
          { text: texts.bucketObjects, isNumber: true },
          { text: texts.bucketUsage, isNumber: true },
          texts.created,
          { text: texts.actions, isUnseen: true },
        ]}
      />
      <tbody>
        {buckets.map(({ name, region, created, usage }) => (
          <tr key={name}>
            <th scope="row">
              <a href={hrefOf({ bucket: name, prefix: '' })}>{name}</a>
            </th>
            <td>{region}</td>
            <td className="number">{usage?.objects.toLocaleString(language) ?? '–'}</td>
            <td className="number">
              {usage ? bytes(usage.bytes) : '–'}
              {usage?.approximate && <span className="muted"> ({texts.bucketApproximate})</span>}
            </td>
            <td>{time(created, language)}</td>
            <td className="number">
              <Button
                shape="square"
                variant="text"
                aria-label={texts.bucketDelete(name)}
                icon={<DeleteIcon />}
                onClick={() => {
                  onDelete(name);
                }}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface DeleteProps {
  name: string;
  onClose: () => void;
  onDeleted: () => void;
}

function DeleteBucket({ name, onClose, onDeleted }: DeleteProps) {
  const { texts } = useLanguage();
  const { cos, session } = useSignedIn();
  const { isBusy, failure, run } = useAction();
  return (
    <Confirm
      title={texts.bucketDelete(name)}
      action={texts.remove}
      isDanger
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => {
        run(async () => {
          await cos.deleteBucket({ Bucket: name, Region: session.region });
          onDeleted();
        });
      }}
      onClose={onClose}
    >
      <p>{texts.bucketDeleteAsk(name)}</p>
      <p className="muted">{texts.bucketNotEmpty}</p>
    </Confirm>
  );
}
