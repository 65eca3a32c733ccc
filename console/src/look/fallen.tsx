import { Component, type ReactNode } from 'react';
import { twins, useWords } from '../words/words.tsx';

const WORDS = twins(
  {
    title: '页面出错了',
    how: '已填写的报告保存在本机。请重新打开；紧急情况请直接打电话：110、120、119，并报告值班室。',
    reload: '重新打开',
  },
  {
    title: 'The page has failed',
    how: 'A report you typed is kept on this device. Open the page again; in an emergency phone 110, 120, 119 and the duty room.',
    reload: 'Open again',
  },
);

/** What is shown in place of a page that failed: never nothing. A class, since React has no other way to catch it. */
export class Fallen extends Component<{ children: ReactNode }, { hasFallen: boolean }> {
  override state = { hasFallen: false };
  static getDerivedStateFromError = () => ({ hasFallen: true });
  override render() {
    return this.state.hasFallen ? <Message /> : this.props.children;
  }
}

function Message() {
  const words = useWords(WORDS);
  return (
    <main className="fallen" role="alert">
      <h1>{words.title}</h1>
      <p>{words.how}</p>
      <button type="button" className="primary" onClick={() => window.location.reload()}>
        {words.reload}
      </button>
    </main>
  );
}
