/** Open incidents of one's jurisdiction. */
export function BoardPage() {
  return <section className="page" />;
}
