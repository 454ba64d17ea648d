package dev.reckoner.ledger.trail;

import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import java.util.List;
import java.util.Optional;

/**
 * The archive on somebody's behalf. Of what is kept there a closed month is noted in the trail, for it decides what people
 * owe; all else was pulled or computed, and can be again.
 */
public final class TrailedArchive implements Archive {
    private static final String MONTH = "month";

    private final Archive archive;
    private final TrailBook trail;
    private final Actor actor;

    public TrailedArchive(Archive archive, TrailBook trail, Actor actor) {
        this.archive = archive;
        this.trail = trail;
        this.actor = actor;
    }

    @Override
    public void keep(String kind, String name, String body) {
        archive.keep(kind, name, body);
        if (kind.equals(MONTH)) {
            trail.note(actor, new Change(Change.What.MONTH_CLOSED, name, "", ""));
        }
    }

    @Override
    public Optional<Document> find(String kind, String name) {
        return archive.find(kind, name);
    }

    @Override
    public List<Document> list(String kind, int limit) {
        return archive.list(kind, limit);
    }
}
