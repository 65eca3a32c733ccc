import { useState } from 'react';
import { useWords } from '../words/words.tsx';
import { DOCUMENTS } from './words.ts';

/** A document's page in a frame of its own, as high as it is, in which no script runs. */
export function PreviewFrame({ html }: { html: string }) {
  const words = useWords(DOCUMENTS);
  const [height, setHeight] = useState(480);
  return (
    <iframe
      className="preview"
      title={words.preview}
      // Without scripts its origin harms nobody; with it its height can be read.
      sandbox="allow-same-origin"
      srcDoc={html}
      height={height}
      onLoad={({ currentTarget }) =>
        setHeight((currentTarget.contentDocument?.documentElement.scrollHeight ?? 480) + 4)
      }
    />
  );
}
