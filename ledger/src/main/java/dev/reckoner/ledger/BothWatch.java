package dev.reckoner.ledger;

/** Two watches, told one after the other. */
final class BothWatch implements BooksWatch {
    private final BooksWatch first;
    private final BooksWatch second;

    BothWatch(BooksWatch first, BooksWatch second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void made(Entry entry) {
        first.made(entry);
        second.made(entry);
    }

    @Override
    public void corrected(Entry replaced, Entry by) {
        first.corrected(replaced, by);
        second.corrected(replaced, by);
    }

    @Override
    public void written(long bytes) {
        first.written(bytes);
        second.written(bytes);
    }

    @Override
    public void synced(long nanos) {
        first.synced(nanos);
        second.synced(nanos);
    }
}
