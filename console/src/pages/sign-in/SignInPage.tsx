import { useState } from 'react';
import { Alert, Button } from 'tdesign-react';
import { toFailure, type Failure } from '../../api/failure';
import { useTexts } from '../../i18n';
import type { Session } from '../../session/session';
import { exchange } from '../../session/sts';
import { Field } from '../../shared/Field';
import { Problem } from '../../shared/Problem';
import { Preferences } from '../../shell/Preferences';

const LOCAL = /^(localhost|127\.[0-9.]+|\[::1\])$/;

interface Props {
  isOver: boolean;
  onSignedIn: (session: Session) => void;
}

/** Takes an API key, exchanges it and forgets it. */
export function SignInPage({ isOver, onSignedIn }: Props) {
  const texts = useTexts();
  const [secretId, setSecretId] = useState('');
  const [secretKey, setSecretKey] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [isMissing, setIsMissing] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isInsecure = location.protocol === 'http:' && !LOCAL.test(location.hostname);

  const signIn = async () => {
    const isIncomplete = secretId.trim() === '' || secretKey.trim() === '';
    setIsMissing(isIncomplete);
    if (isIncomplete) return;
    setIsBusy(true);
    setFailure(undefined);
    try {
      onSignedIn(await exchange(secretId.trim(), secretKey.trim()));
    } catch (thrown) {
      setFailure(toFailure(thrown));
      setIsBusy(false);
    }
  };

  return (
    <main className="sign-in">
      <form
        className="panel"
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <p className="brand">{texts.appName}</p>
        <h1>{texts.signInTitle}</h1>
        <p className="muted">{texts.signInIntro}</p>
        {isOver && <Alert theme="warning" message={texts.sessionEnded} />}
        {isInsecure && <Alert theme="warning" message={texts.insecure} />}
        <Field
          label={texts.secretId}
          value={secretId}
          autoComplete="username"
          autoFocus
          onChange={setSecretId}
        />
        <Field
          label={texts.secretKey}
          value={secretKey}
          type="password"
          autoComplete="current-password"
          error={isMissing ? texts.missingKey : undefined}
          onChange={setSecretKey}
        />
        {failure && <Problem failure={failure} />}
        <Button type="submit" theme="primary" block loading={isBusy} disabled={isBusy}>
          {texts.signIn}
        </Button>
      </form>
      <Preferences />
    </main>
  );
}
