package dev.reckoner.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How much of the bill passed through the proxy. In each list the parts sum to the whole, exactly.
 *
 * @param byKey the keys by what is billed on them; the billed amount of a cell is split over them by tokens
 * @param byDay in the order of days
 * @param bypassing the keys with traffic that didn't pass, the costliest first
 */
public record Coverage(
        Passed whole,
        List<Passed> byKey,
        List<Passed> byWorkspace,
        List<Passed> byModel,
        List<Passed> byDay,
        List<Bypass> bypassing) {

    /** The name of what is billed without tokens of any key: time, and money alone. */
    public static final String NOT_BY_KEY = "not_by_key";

    public Coverage {
        byKey = List.copyOf(byKey);
        byWorkspace = List.copyOf(byWorkspace);
        byModel = List.copyOf(byModel);
        byDay = List.copyOf(byDay);
        bypassing = List.copyOf(bypassing);
    }

    /** Whether what a cause explains never passed through the proxy. */
    public static boolean outside(Cause cause) {
        return cause == Cause.BYPASSED || cause == Cause.CONTAINER || cause == Cause.SESSION_TIME;
    }

    /** The same with the names that people gave to keys and workspaces, by id. */
    public Coverage named(Map<String, String> keys, Map<String, String> workspaces) {
        return new Coverage(
                whole,
                byKey.stream().map(part -> part.named(keys)).toList(),
                byWorkspace.stream().map(part -> part.named(workspaces)).toList(),
                byModel,
                byDay,
                bypassing.stream()
                        .map(key -> key.named(key.apiKeyId() == null ? null : keys.get(key.apiKeyId())))
                        .toList());
    }

    /** The same with other bypassing keys. */
    public Coverage withBypassing(List<Bypass> others) {
        return new Coverage(whole, byKey, byWorkspace, byModel, byDay, others);
    }

    /**
     * A key that is billed for more than passed through the proxy.
     *
     * @param apiKeyId null for traffic without a key: the vendor's Console, or a login
     * @param name what people call it, where the vendor's list says so
     * @param tokens tokens that didn't pass
     * @param amount USD of what didn't pass
     * @param firstDay the first of the reconciled days on which it did so
     * @param news whether no kept reconciliation knew it before
     */
    public record Bypass(
            @Nullable String apiKeyId,
            @Nullable String name,
            long tokens,
            BigDecimal amount,
            LocalDate firstDay,
            boolean news) {

        private Bypass named(@Nullable String given) {
            return new Bypass(apiKeyId, given, tokens, amount, firstDay, news);
        }

        /** The same, new or not. */
        public Bypass news(boolean unknown) {
            return new Bypass(apiKeyId, name, tokens, amount, firstDay, unknown);
        }

        /** What to call it: its name, else its id. */
        public String called() {
            if (apiKeyId == null) {
                return "no key (Console or login)";
            }
            return name == null ? apiKeyId : name;
        }
    }
}
