import { useState } from 'react';
import { Button } from 'tdesign-react';
import { CopyIcon } from 'tdesign-icons-react';
import { link } from '../../../api/link';
import { useTexts } from '../../../i18n';
import { useSignedIn } from '../../../session/session';
import { Choice } from '../../../shared/Choice';
import type { Shown } from './ObjectDrawer';

const MINUTES = [5, 15, 60];

/** A link for others, which holds for a while. */
export function LinkTab({ shown }: { shown: Shown }) {
  const texts = useTexts();
  const { session } = useSignedIn();
  // Links do not change while somebody copies them.
  const [left] = useState(() => Math.max(1, Math.floor((session.ends - Date.now()) / 60_000)));
  const [minutes, setMinutes] = useState(String(Math.min(15, left)));
  const [isCopied, setIsCopied] = useState(false);
  const address = link(session, shown, { seconds: Number(minutes) * 60 });
  const options = MINUTES.filter((count) => count < left).map(
    (count) => [String(count), texts.linkMinutes(count)] as const,
  );
  const copy = async () => {
    const field = document.getElementById('link') as HTMLTextAreaElement | null;
    field?.select();
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      // On plain http there is no clipboard: it stays selected, to be copied by the keyboard.
      return;
    }
    setIsCopied(true);
  };
  return (
    <>
      <p>{texts.linkIntro}</p>
      <Choice
        label={texts.linkFor}
        value={minutes}
        options={[...options, [String(left), texts.linkSession(left)]]}
        onChange={(chosen) => {
          setMinutes(chosen);
          setIsCopied(false);
        }}
      />
      <textarea id="link" className="link" readOnly rows={6} aria-label={texts.link} value={address} />
      <p className="muted">{texts.linkHint}</p>
      <p role="status">{isCopied && texts.linkCopied}</p>
      <Button
        theme="primary"
        icon={<CopyIcon />}
        onClick={() => {
          void copy();
        }}
      >
        {texts.linkCopy}
      </Button>
    </>
  );
}
