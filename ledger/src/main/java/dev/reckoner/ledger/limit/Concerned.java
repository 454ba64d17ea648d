package dev.reckoner.ledger.limit;

import dev.reckoner.config.LimitRule.Subject;
import dev.reckoner.config.LimitRule.Subject.Kind;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject that an exchange counts for.
 *
 * @param each whether limits for each of its kind count it too; of our key and the vendor's behind it only ours does
 */
record Concerned(Subject subject, boolean each) {

    /** All subjects of an attribution. What nobody stated is one subject of its kind, so that it isn't free of limits. */
    static List<Concerned> of(Attribution attribution) {
        List<Concerned> concerned = new ArrayList<>();
        concerned.add(new Concerned(Subject.ALL, false));
        concerned.add(part(Kind.USER, attribution.user()));
        concerned.add(part(Kind.TEAM, attribution.team()));
        concerned.add(part(Kind.PROJECT, attribution.project()));
        String virtualKey = attribution.virtualKey();
        if (virtualKey != null) {
            concerned.add(new Concerned(new Subject(Kind.KEY, virtualKey), true));
        }
        concerned.add(new Concerned(new Subject(Kind.KEY, attribution.key().shown()), virtualKey == null));
        for (String tag : attribution.tags()) {
            concerned.add(new Concerned(new Subject(Kind.TAG, tag), true));
        }
        return concerned;
    }

    private static Concerned part(Kind kind, @Nullable Part part) {
        return new Concerned(new Subject(kind, part == null ? "" : part.value()), true);
    }
}
