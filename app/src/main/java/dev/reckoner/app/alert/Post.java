package dev.reckoner.app.alert;

import dev.reckoner.ledger.alert.StoredAlert;
import org.jspecify.annotations.Nullable;

/** Where alerts are posted to. Blocks for a bounded time. */
interface Post extends AutoCloseable {

    /** Tries once; why it was not taken, null where it was. Says nothing of what is secret. */
    @Nullable
    String send(StoredAlert alert);

    /** Breaks off what is under way. */
    @Override
    void close();
}
