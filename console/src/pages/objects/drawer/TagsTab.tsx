import { useCallback, useState } from 'react';
import { Button } from 'tdesign-react';
import { AddIcon, DeleteIcon } from 'tdesign-icons-react';
import { useTexts } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { Field } from '../../../shared/Field';
import { Problem } from '../../../shared/Problem';
import { useAction } from '../../../shared/useAction';
import { useLoaded } from '../../../shared/useLoaded';
import { Waiting } from '../../../shared/Waiting';
import { many } from '../entries';
import type { Shown } from './ObjectDrawer';

interface Tag {
  Key: string;
  Value: string;
}

/** The tags of an object, to be changed. */
export function TagsTab({ shown: { bucket, key, versionId } }: { shown: Shown }) {
  const { cos, session } = useSignedIn();
  const load = useCallback(async (): Promise<Tag[]> => {
    const answer = await cos.getObjectTagging({
      Bucket: bucket,
      Region: session.region,
      Key: key,
      ...(versionId && { VersionId: versionId }),
    });
    return many(answer.Tags as Tag[] | undefined);
  }, [cos, session, bucket, key, versionId]);
  const { data, failure, reload } = useLoaded(load);
  if (failure) return <Problem failure={failure} onRetry={reload} />;
  return data ? <Tags shown={{ bucket, key, versionId }} kept={data} /> : <Waiting />;
}

function Tags({ shown: { bucket, key, versionId }, kept }: { shown: Shown; kept: Tag[] }) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const [tags, setTags] = useState(kept);
  const [isKept, setIsKept] = useState(false);
  const { isBusy, failure, run } = useAction();
  const change = (at: number, tag: Tag) => {
    setTags(tags.map((before, index) => (index === at ? tag : before)));
  };
  const store = async () => {
    const object = {
      Bucket: bucket,
      Region: session.region,
      Key: key,
      ...(versionId && { VersionId: versionId }),
    };
    if (tags.length === 0) await cos.deleteObjectTagging(object);
    else await cos.putObjectTagging({ ...object, Tags: tags });
    setIsKept(true);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setIsKept(false);
        run(store);
      }}
    >
      {tags.length === 0 && <p className="muted">{texts.tagsNone}</p>}
      {tags.map((tag, at) => (
        // They have no other name than their place while they are written.
        <div className="tag" key={at}>
          <Field
            label={texts.tagKey}
            value={tag.Key}
            required
            onChange={(name) => {
              change(at, { ...tag, Key: name });
            }}
          />
          <Field
            label={texts.tagValue}
            value={tag.Value}
            onChange={(value) => {
              change(at, { ...tag, Value: value });
            }}
          />
          <Button
            shape="square"
            variant="text"
            aria-label={texts.tagRemove(tag.Key)}
            icon={<DeleteIcon />}
            onClick={() => {
              setTags(tags.filter((_, index) => index !== at));
            }}
          />
        </div>
      ))}
      {failure && <Problem failure={failure} />}
      <p role="status">{isKept && texts.tagsSaved}</p>
      <div className="drawer-actions">
        <Button
          type="button"
          variant="outline"
          icon={<AddIcon />}
          onClick={() => {
            setTags([...tags, { Key: '', Value: '' }]);
          }}
        >
          {texts.tagAdd}
        </Button>
        <Button type="submit" theme="primary" loading={isBusy} disabled={isBusy}>
          {texts.save}
        </Button>
      </div>
    </form>
  );
}
