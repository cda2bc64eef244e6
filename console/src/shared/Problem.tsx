import { Alert, Button } from 'tdesign-react';
import type { Failure } from '../api/failure';
import { useTexts } from '../i18n';
import type { Texts } from '../i18n/en';

/** What went wrong, what to do about it, and the id by which the server remembers it. */
export function Problem({ failure, onRetry }: { failure: Failure; onRetry?: () => void }) {
  const texts = useTexts();
  const isRefused = failure.status === 403;
  return (
    <Alert
      theme="error"
      className="problem"
      message={
        <div role="alert">
          <strong>{failure.code}</strong> {told(failure, texts)}
          {isRefused && <p>{texts.failedAccess}</p>}
          {failure.requestId && <p>{texts.requestId(failure.requestId)}</p>}
          {isRefused && failure.requestId && <p>{texts.explainHint}</p>}
        </div>
      }
      operation={
        onRetry && (
          <Button size="small" variant="outline" onClick={onRetry}>
            {texts.retry}
          </Button>
        )
      }
    />
  );
}

/** What failed, in the words of the console where it knows better than the server. */
function told({ code, message }: Failure, texts: Texts): string {
  if (code === 'NetworkError') return texts.failedNetwork;
  return code === 'TooLarge' ? texts.failedTooLarge : message;
}
