import { useState } from 'react';
import { useTexts } from '../../i18n';
import { useSignedIn } from '../../session/session';
import { Confirm } from '../../shared/Confirm';
import { Field } from '../../shared/Field';
import { useAction } from '../../shared/useAction';
import type { Place } from './place';

interface Props {
  place: Place;
  onClose: () => void;
  onCreated: () => void;
}

/** A folder without objects is kept as an empty object whose name ends in a slash. */
export function CreateFolder({ place, onClose, onCreated }: Props) {
  const texts = useTexts();
  const { cos, session } = useSignedIn();
  const [name, setName] = useState('');
  const [isTold, setIsTold] = useState(false);
  const { isBusy, failure, run } = useAction();
  const isBad = name.trim() === '' || name.startsWith('/') || name.endsWith('/');
  return (
    <Confirm
      title={texts.folderCreate}
      action={texts.create}
      isBusy={isBusy}
      failure={failure}
      onConfirm={() => {
        setIsTold(true);
        if (isBad) return;
        run(async () => {
          await cos.putObject({
            Bucket: place.bucket,
            Region: session.region,
            Key: `${place.prefix}${name}/`,
            Body: '',
          });
          onCreated();
        });
      }}
      onClose={onClose}
    >
      <Field
        label={texts.folderName}
        value={name}
        hint={texts.folderNameHint}
        error={isTold && isBad ? texts.folderNameBad : undefined}
        autoFocus
        autoComplete="off"
        onChange={setName}
      />
    </Confirm>
  );
}
