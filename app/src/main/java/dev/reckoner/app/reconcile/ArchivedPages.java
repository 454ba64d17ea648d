package dev.reckoner.app.reconcile;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.reconcile.vendor.KeptPages;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Pages of one pull in the archive. A pull that broke off is gone on with for a while; a pull of the same days after a
 * finished one asks for every page anew, and the archive keeps both.
 */
final class ArchivedPages implements KeptPages {

    private static final String PAGE = "page";
    private static final String PULL = "pull";

    /** How long the pages of a pull that broke off are good for. */
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    private final Archive archive;
    private final String pull;
    private final Instant since;

    /**
     * The pages of a pull.
     *
     * @param pull what is pulled; the next pull of the same name begins anew once this one has finished
     */
    ArchivedPages(Archive archive, String pull, Clock clock) {
        this.archive = archive;
        this.pull = pull;
        Instant oldest = clock.instant().minus(GOOD_FOR);
        Instant finished = archive.find(PULL, pull).map(Document::keptAt).orElse(Instant.MIN);
        this.since = finished.isAfter(oldest) ? finished : oldest;
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

    /** Says that the pull is whole: the next one begins anew. */
    void finish() {
        archive.keep(PULL, pull, "");
    }
}
