import { useState } from 'react';
import { Checkbox } from 'tdesign-react';
import { useTexts } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { Choice } from '../../shared/Choice';
import { Confirm } from '../../shared/Confirm';
import { Field } from '../../shared/Field';
import { useAction } from '../../shared/useAction';
import { nameTrouble } from './bucketName';

type Acl = 'private' | 'public-read' | 'public-read-write';

interface Props {
  onClose: () => void;
  onCreated: (name: string) => void;
}

export function CreateBucket({ onClose, onCreated }: Props) {
  const texts = useTexts();
  const { cos, session, appId } = useSignedIn();
  const [entered, setEntered] = useState('');
  const [isTold, setIsTold] = useState(false);
  const [acl, setAcl] = useState<Acl>('private');
  const [isVersioned, setIsVersioned] = useState(false);
  const { isBusy, failure, run } = useAction();
  const name = appId ? `${entered}-${appId}` : entered;
  const trouble = nameTrouble(name, entered, texts);
  const hint = `${texts.bucketNameRule} ${appId ? texts.bucketNameSuffix(appId) : texts.bucketNameWhole}`;

  const create = async () => {
    const bucket = { Bucket: name, Region: session.region };
    await cos.putBucket({ ...bucket, ACL: acl });
    if (isVersioned) {
      await cos.putBucketVersioning({ ...bucket, VersioningConfiguration: { Status: 'Enabled' } });
    }
    onCreated(name);
  };

  return (
    <Confirm
      title={texts.bucketCreate}
      action={texts.create}
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => {
        setIsTold(true);
        if (!trouble) run(create);
      }}
      onClose={onClose}
    >
      <Field
        label={texts.bucketName}
        value={entered}
        hint={hint}
        error={isTold ? trouble : undefined}
        autoFocus
        autoComplete="off"
        spellCheck={false}
        onChange={setEntered}
      />
      <Choice
        label={texts.bucketAcl}
        value={acl}
        options={[
          ['private', texts.aclPrivate],
          ['public-read', texts.aclPublicRead],
          ['public-read-write', texts.aclPublicReadWrite],
        ]}
        onChange={setAcl}
      />
      <Checkbox checked={isVersioned} onChange={setIsVersioned}>
        {texts.bucketVersioning}
      </Checkbox>
    </Confirm>
  );
}
