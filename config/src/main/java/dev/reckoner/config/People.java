package dev.reckoner.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is who: the people and teams that the operator named, found by what is seen of them. Immutable, any thread. */
public final class People {

    /** Nobody is known. */
    public static final People NONE = new People(List.of());

    private static final String ACCOUNT_PREFIX = "account:";

    private final List<Person> all;
    private final Map<String, Person> byKey = new HashMap<>();
    private final Map<String, Person> byName = new HashMap<>();

    /** Those people; no two of them share a key or a name. */
    People(List<Person> people) {
        all = List.copyOf(people);
        for (Person person : all) {
            person.keys().forEach(hint -> byKey.put(hint, person));
            names(person).forEach(name -> byName.put(name, person));
        }
    }

    /**
     * A person, or a team that shares something.
     *
     * @param user the name that reports show, null where it is a whole team's
     * @param keys hints of the vendor's keys, as its console shows them
     * @param accounts the vendor's account ids
     */
    public record Person(
            @Nullable String user,
            @Nullable String team,
            @Nullable String project,
            List<String> emails,
            List<String> keys,
            List<String> accounts,
            List<String> aliases) {

        public Person {
            emails = List.copyOf(emails);
            keys = List.copyOf(keys);
            accounts = List.copyOf(accounts);
            aliases = List.copyOf(aliases);
        }
    }

    /** Everybody, in the order of the file. */
    public List<Person> all() {
        return all;
    }

    /** Whose a vendor's key is, null where nobody's that is known. */
    public @Nullable Person ofKey(String hint) {
        return hint.isEmpty() ? null : byKey.get(hint);
    }

    /** Who somebody is who was named in any way: user, email address, alias or account; null where not known. */
    public @Nullable Person named(String name) {
        return byName.isEmpty() ? null : byName.get(folded(name));
    }

    /** Every name of a person, as {@link #named} compares them. */
    static List<String> names(Person person) {
        List<String> names = new ArrayList<>();
        if (person.user() != null) {
            names.add(folded(person.user()));
        }
        person.emails().forEach(email -> names.add(folded(email)));
        person.aliases().forEach(alias -> names.add(folded(alias)));
        person.accounts().forEach(account -> names.add(folded(ACCOUNT_PREFIX + account)));
        return names.stream().distinct().toList();
    }

    private static String folded(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
