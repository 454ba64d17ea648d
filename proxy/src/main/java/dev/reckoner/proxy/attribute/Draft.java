package dev.reckoner.proxy.attribute;

import dev.reckoner.config.People;
import dev.reckoner.config.People.Person;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import org.jspecify.annotations.Nullable;

/**
 * An attribution that still waits for what the body says, with what the request's credential opens. Holds no credential
 * of a client. Immutable, any thread.
 */
public final class Draft {

    private final Pass pass;
    private final Attribution known;
    private final @Nullable Part otherwise;
    private final Believed believed;
    private final Values values;
    private final People people;

    /**
     * A draft.
     *
     * @param otherwise the user where the body names none either
     */
    Draft(Pass pass, Attribution known, @Nullable Part otherwise, Believed believed, Values values, People people) {
        this.pass = pass;
        this.known = known;
        this.otherwise = otherwise;
        this.believed = believed;
        this.values = values;
        this.people = people;
    }

    /** What the request's credential opens. */
    public Pass pass() {
        return pass;
    }

    /**
     * The attribution of the exchange.
     *
     * @param metadataUserId the body's {@code metadata.user_id}, null where it has none or wasn't read
     */
    public Attribution finish(@Nullable String metadataUserId) {
        MetadataUser said = metadataUserId == null ? MetadataUser.NOBODY : MetadataUser.of(metadataUserId);
        Part user = or(known.user(), believed.users() ? values.clean(said.user()) : null);
        Part session = or(known.session(), believed.sessions() ? values.clean(said.session()) : null);
        return named(user == null ? otherwise : user, session);
    }

    /** Under the name that the operator gave, with the groups that come with it where none were said. */
    private Attribution named(@Nullable Part user, @Nullable Part session) {
        Person person = user == null ? null : people.named(user.value());
        if (user == null || person == null) {
            return with(user, known.team(), known.project(), session);
        }
        Source source = user.source();
        return with(
                person.user() == null ? user : new Part(person.user(), source),
                or(known.team(), person.team(), source),
                or(known.project(), person.project(), source),
                session);
    }

    private Attribution with(@Nullable Part user, @Nullable Part team, @Nullable Part project, @Nullable Part session) {
        return new Attribution(user, team, project, session, known.tags(), known.key(), known.virtualKey());
    }

    private static @Nullable Part or(@Nullable Part earlier, @Nullable String fromBody) {
        return or(earlier, fromBody, Source.BODY);
    }

    private static @Nullable Part or(@Nullable Part earlier, @Nullable String value, Source source) {
        return earlier == null && value != null ? new Part(value, source) : earlier;
    }
}
