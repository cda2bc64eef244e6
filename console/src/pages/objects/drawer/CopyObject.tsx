import { useCallback, useState } from 'react';
import { Checkbox, MessagePlugin } from 'tdesign-react';
import { useTexts } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { Choice } from '../../../shared/Choice';
import { Confirm } from '../../../shared/Confirm';
import { Field } from '../../../shared/Field';
import { useAction } from '../../../shared/useAction';
import { useLoaded } from '../../../shared/useLoaded';
import { copySource } from './head';
import type { Shown } from './ObjectDrawer';

interface Props {
  shown: Shown;
  onClose: () => void;
  onDone: () => void;
}

/** Copies an object to another key or bucket; a move deletes the original once the copy is there. */
export function CopyObject({ shown, onClose, onDone }: Props) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const [bucket, setBucket] = useState(shown.bucket);
  const [key, setKey] = useState(shown.key);
  const [isMove, setIsMove] = useState(false);
  const [isTold, setIsTold] = useState(false);
  const { isBusy, failure, run } = useAction();
  const load = useCallback(async () => (await cos.getService({})).Buckets.map(({ Name }) => Name), [cos]);
  // Who may not list the buckets copies within this one.
  const names = useLoaded(load).data ?? [shown.bucket];
  const isBad = key === '' || (key === shown.key && bucket === shown.bucket);
  const copy = async () => {
    const target = { Bucket: bucket, Region: session.region, Key: key };
    const source = copySource(session.region, shown);
    await cos.sliceCopyFile({ ...target, CopySource: source, onProgress: () => undefined });
    if (isMove) {
      const { bucket: Bucket, key: Key, versionId: VersionId } = shown;
      await cos.deleteObject({ Bucket, Region: session.region, Key, ...(VersionId && { VersionId }) });
    }
    void MessagePlugin.success(isMove ? texts.moved(key) : texts.copied(key));
    onDone();
  };
  return (
    <Confirm
      title={texts.copyMove}
      action={isMove ? texts.move : texts.copy}
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => {
        setIsTold(true);
        if (!isBad) run(copy);
      }}
      onClose={onClose}
    >
      <Choice
        label={texts.copyTo}
        value={bucket}
        options={names.map((name) => [name, name] as const)}
        onChange={setBucket}
      />
      <Field
        label={texts.copyKey}
        value={key}
        hint={texts.copyHint}
        error={isTold && isBad ? texts.copyKeyBad : undefined}
        autoFocus
        onChange={setKey}
      />
      <Checkbox checked={isMove} onChange={setIsMove}>
        {texts.moveAlso}
      </Checkbox>
    </Confirm>
  );
}
