package dev.reckoner.proxy.attribute;

import dev.reckoner.config.People;
import dev.reckoner.config.People.Person;
import dev.reckoner.config.Settings.AttributionSettings;
import dev.reckoner.config.Settings.Trust;
import dev.reckoner.ledger.Attribution;
import dev.reckoner.ledger.Attribution.Part;
import dev.reckoner.ledger.Attribution.Source;
import dev.reckoner.ledger.keys.VirtualKey;
import dev.reckoner.proxy.route.RouteMatch;
import io.netty.handler.codec.http.HttpHeaders;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads off a request who caused it. For each of user, team, project and session the first that answers holds: virtual
 * key, whoever the vendor's key belongs to, path prefix, header, body; tags add up. The last three are self-declared: on
 * a loopback listener they are believed, elsewhere only where the operator says so ({@code attribution.trust}). A virtual
 * key may let its client say more, or less ({@link Believed}).
 *
 * <p>The credential is hashed here and kept nowhere. Stateless, any thread.
 */
public final class Attributor {

    private final Credentials credentials;
    private final Supplier<People> people;
    private final boolean trusted;
    private final Values values;
    private final int tagsMax;

    /**
     * Attributes for one listener.
     *
     * @param loopbackListener whether only processes of this machine can connect
     */
    public Attributor(Identities identities, AttributionSettings settings, boolean loopbackListener, Clock clock) {
        this.credentials = new Credentials(identities, clock);
        this.people = identities.people();
        this.trusted = settings.trust() == Trust.ALL || (settings.trust() == Trust.AUTO && loopbackListener);
        this.values = new Values(settings.valueCharsMax());
        this.tagsMax = settings.tagsMax();
    }

    /** What is known of a request before its body has passed. */
    public Draft draft(RouteMatch match, HttpHeaders headers) {
        Pass pass = credentials.pass(headers);
        People known = people.get();
        VirtualKey key = pass.virtualKey();
        SaidFields said = new SaidFields(headers, values, tagsMax);
        Believed believed = Believed.of(trusted, key);
        Proven proven = key == null ? Proven.owner(known.ofKey(pass.key().hint())) : Proven.key(key);
        Part saidUser = believed.users() ? said(match.user(), said.user()) : null;
        boolean saidFirst = Believed.namesUsers(key);
        Attribution attribution = new Attribution(
                saidFirst || proven.user() == null ? saidUser : proven.user(),
                proven.team() == null && believed.groups() ? said(match.team(), said.team()) : proven.team(),
                proven.project() == null && believed.groups()
                        ? said(match.project(), said.project())
                        : proven.project(),
                believed.sessions() ? said(null, said.session()) : null,
                tags(key, believed, said),
                pass.key(),
                key == null ? null : key.id());
        return new Draft(pass, attribution, saidFirst ? proven.user() : null, believed, values, known);
    }

    private static List<String> tags(@Nullable VirtualKey key, Believed believed, SaidFields said) {
        List<String> own = key == null ? List.of() : key.tags();
        return believed.sessions() ? said.tags(own) : own;
    }

    private @Nullable Part said(@Nullable String fromPath, @Nullable String fromHeader) {
        String path = values.clean(fromPath);
        if (path != null) {
            return new Part(path, Source.PATH);
        }
        return fromHeader == null ? null : new Part(fromHeader, Source.HEADER);
    }

    /** What a credential proves of who asks. */
    private record Proven(
            @Nullable Part user,
            @Nullable Part team,
            @Nullable Part project) {

        static Proven key(VirtualKey key) {
            Source source = Source.VIRTUAL_KEY;
            return new Proven(part(key.user(), source), part(key.team(), source), part(key.project(), source));
        }

        static Proven owner(@Nullable Person owner) {
            Source source = Source.KEY;
            return owner == null
                    ? new Proven(null, null, null)
                    : new Proven(part(owner.user(), source), part(owner.team(), source), part(owner.project(), source));
        }

        private static @Nullable Part part(@Nullable String value, Source source) {
            return value == null ? null : new Part(value, source);
        }
    }
}
