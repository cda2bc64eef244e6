import { Loading } from 'tdesign-react';
import { useTexts } from '../i18n';

export function Waiting() {
  const texts = useTexts();
  return (
    <div className="waiting" role="status">
      <Loading size="small" text={texts.loading} />
    </div>
  );
}
