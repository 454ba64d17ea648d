package dev.reckoner.app.reconcile;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.reconcile.vendor.KeptPages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pages of one pull in the archive. A pull that broke off is gone on with for a while. A finished one is used again for a
 * minute, because the vendor wants no more than one poll a minute (api-facts §6); after that every page is asked for anew,
 * and the archive keeps both.
 */
final class ArchivedPages implements KeptPages {

    private static final String PAGE = "page";
    private static final String PULL = "pull";

    /** How long the pages of a pull that broke off are good for. */
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    /** How long a finished pull is used again. */
    private static final Duration FRESH_FOR = Duration.ofMinutes(1);

    private final Archive archive;
    private final String pull;

    /** Pages kept up to then are of other pulls. */
    private final Instant since;

    private final boolean used;

    /**
     * The pages of a pull.
     *
     * @param pull what is pulled; the next pull of the same name begins anew once this one has finished
     */
    ArchivedPages(Archive archive, String pull, Clock clock) {
        this.archive = archive;
        this.pull = pull;
        Instant now = clock.instant();
        Instant oldest = now.minus(GOOD_FOR);
        Optional<Document> finished = archive.find(PULL, pull);
        Instant whole = finished.map(Document::keptAt).orElse(Instant.MIN);
        this.used = whole.isAfter(now.minus(FRESH_FOR)) && !whole.isAfter(now);
        Instant after = whole.isAfter(oldest) ? whole : oldest;
        this.since = used ? finished.map(last -> Instant.parse(last.body())).orElse(after) : after;
    }

    /** Whether this is a pull that finished a moment ago, used again. */
    boolean used() {
        return used;
    }

    @Override
    public Optional<String> find(String target) {
        return archive.find(PAGE, target)
                .filter(page -> page.keptAt().isAfter(since))
                .map(Document::body);
    }

    @Override
    public void keep(String target, String body) {
        archive.keep(PAGE, target, body);
    }

    /** Says that the pull is whole: the next one begins anew, after a minute. */
    void finish() {
        if (!used) {
            archive.keep(PULL, pull, since.toString());
        }
    }
}
