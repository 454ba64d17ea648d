package dev.reckoner.reconcile.saved;

import dev.reckoner.config.Rate;
import dev.reckoner.config.RateTable;
import dev.reckoner.reconcile.vendor.AdminApiException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The models of the rate table by the names that the vendor's Console shows: {@code Claude Opus 5.5} for {@code
 * claude-opus-5-5}, and, from when the version stood first, {@code Claude Haiku 3.5} for {@code claude-3-5-haiku-20241022}.
 */
final class ModelNames {

    private static final Pattern FAMILY_FIRST =
            Pattern.compile("claude-([a-z]+)-(\\d{1,2})(?:-(\\d{1,2}))?(?:-\\d{8})?");
    private static final Pattern VERSION_FIRST =
            Pattern.compile("claude-(\\d{1,2})(?:-(\\d{1,2}))?-([a-z]+)(?:-\\d{8}|-latest)?");

    private final Map<String, Set<String>> models = new HashMap<>();

    ModelNames(RateTable rates) {
        for (Rate rate : rates.rates()) {
            add(rate.model(), rate.model());
            rate.aliases().forEach(alias -> add(alias, rate.model()));
        }
    }

    /**
     * The id of a model.
     *
     * @param shown a name, or an id, which is taken as it is
     * @throws AdminApiException where no model, or more than one, has the name
     */
    String id(String shown) {
        if (shown.indexOf(' ') < 0) {
            return shown;
        }
        Set<String> ids = models.getOrDefault(shown.toLowerCase(Locale.ROOT), Set.of());
        if (ids.isEmpty()) {
            throw new AdminApiException("found the model \"" + shown + "\", expected one of the rate table's: add it to"
                    + " a rate file, or save pages of the Admin API, which have ids");
        }
        if (ids.size() > 1) {
            throw new AdminApiException("found the model \"" + shown + "\", which may be any of "
                    + String.join(", ", ids) + ": save pages of the Admin API, which have ids");
        }
        return ids.iterator().next();
    }

    private void add(String idOrAlias, String model) {
        Matcher family = FAMILY_FIRST.matcher(idOrAlias);
        Matcher version = VERSION_FIRST.matcher(idOrAlias);
        if (family.matches()) {
            add(family.group(1), family.group(2), family.group(3), model);
        } else if (version.matches()) {
            add(version.group(3), version.group(1), version.group(2), model);
        } else {
            name(idOrAlias.replace('-', ' '), model);
        }
    }

    private void add(String family, String major, @Nullable String minor, String model) {
        name("claude " + family + " " + (minor == null ? major : major + "." + minor), model);
    }

    private void name(String words, String model) {
        models.computeIfAbsent(words, none -> new TreeSet<>()).add(model);
    }
}
