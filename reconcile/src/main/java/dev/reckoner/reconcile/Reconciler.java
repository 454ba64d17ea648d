package dev.reckoner.reconcile;

import dev.reckoner.ledger.BatchQuery;
import dev.reckoner.ledger.BatchRow;
import dev.reckoner.ledger.Reports;
import dev.reckoner.reconcile.booked.LedgerReader;
import dev.reckoner.reconcile.identity.Identity;
import dev.reckoner.reconcile.match.Matcher;
import dev.reckoner.reconcile.vendor.Analytics;
import dev.reckoner.reconcile.vendor.Pulled;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reconciles what was pulled with the books. First from the rollups, which is all that matching days need; then, where
 * days differ, again with the lines of those days and of their neighbours, which say why.
 */
public final class Reconciler {

    private static final int BATCHES_MAX = 1_000;

    private final Reports reports;
    private final TierPrices tiers;
    private final Duration lag;
    private final Clock clock;

    /**
     * A reconciler of one ledger.
     *
     * @param lag how long after a day's end the vendor's reports may still change
     */
    public Reconciler(Reports reports, TierPrices tiers, Duration lag, Clock clock) {
        this.reports = reports;
        this.tiers = tiers;
        this.lag = lag;
        this.clock = clock;
    }

    /** Reconciles. */
    public Reconciliation reconcile(ReconcileRequest request, Pulled pulled) {
        Identity identity = new Identity(pulled.keys(), pulled.workspaces().keySet());
        LedgerReader ledger = new LedgerReader(reports, identity);
        Facts facts = facts(request, pulled, identity, ledger);
        Matched matched = Matcher.match(facts, tiers);
        if (!matched.variances().isEmpty()) {
            facts = withDetails(facts, days(facts, matched), ledger)
                    .with(StatedReader.of(request, pulled, identity, ledger));
            matched = Matcher.match(facts, tiers);
        }
        Instant now = clock.instant();
        return new Reconciliation(
                "rec_" + now.toString().replaceAll("[-:.]", ""),
                request.from(),
                request.to(),
                now,
                request.tolerance(),
                matched.with(named(matched.coverage(), pulled)),
                notes(pulled, identity, matched),
                pulled.restated(),
                FactsDigest.of(facts));
    }

    /** The first day whose buckets are younger than the vendor's lag. */
    public LocalDate lateFrom(Pulled pulled) {
        return LocalDate.ofInstant(pulled.asOf(clock.instant()).minus(lag), ZoneOffset.UTC);
    }

    private Facts facts(ReconcileRequest request, Pulled pulled, Identity identity, LedgerReader ledger) {
        List<BatchRow> unfetched = reports.batches(new BatchQuery(BatchQuery.Which.UNCOLLECTED, BATCHES_MAX));
        List<BilledUsage> usage = pulled.usage().stream()
                .map(used -> new BilledUsage(
                        used.cell(),
                        identity.ofVendorKey(used.apiKeyId()),
                        person(used.account(), pulled.users()),
                        used.quantity()))
                .toList();
        List<LedgerLine> lines = ledger.days(request.from(), request.until());
        return new Facts(
                request.from(),
                request.until(),
                pulled.costs(),
                usage,
                pulled.usageKnown(),
                lines,
                seen(booked(usage, lines, request.until(), ledger), unfetched, identity),
                List.of(),
                workspaces(unfetched, identity),
                Set.of(),
                lateFrom(pulled),
                Stated.NOTHING);
    }

    /** An account by the e-mail address that the vendor lists for it, where it does. */
    private static @Nullable String person(@Nullable String account, Map<String, String> users) {
        String email = account == null ? null : users.get(account);
        return email == null ? account : email + " (" + account + ")";
    }

    /** Workspaces of batches that have ended and whose results were not fetched. */
    private static Set<String> workspaces(List<BatchRow> unfetched, Identity identity) {
        Set<String> workspaces = new HashSet<>();
        for (BatchRow row : unfetched) {
            String stated = row.batch().workspaceId();
            String known = identity.ofLedgerWorkspace(stated == null ? "" : stated);
            workspaces.add(known == null ? "" : known);
        }
        return workspaces;
    }

    /** Which of the keys of these days were ever booked; asked of all of the books only for those that weren't in these days. */
    private static Set<String> booked(
            List<BilledUsage> usage, List<LedgerLine> lines, LocalDate until, LedgerReader ledger) {
        Set<String> booked = new HashSet<>();
        for (LedgerLine line : lines) {
            if (line.apiKeyId() != null) {
                booked.add(line.apiKeyId());
            }
        }
        Set<String> others = new HashSet<>();
        for (BilledUsage used : usage) {
            if (used.apiKeyId() != null && !booked.contains(used.apiKeyId())) {
                others.add(used.apiKeyId());
            }
        }
        booked.addAll(ledger.keysSeen(until.plusDays(1), others));
        return booked;
    }

    /** The keys that ever booked something, or that such a batch was created with: its items are booked when fetched. */
    private static Set<String> seen(Set<String> booked, List<BatchRow> unfetched, Identity identity) {
        Set<String> keys = new HashSet<>(booked);
        for (BatchRow row : unfetched) {
            String key = identity.ofLedgerKey(row.batch().creator().key().shown());
            if (key != null) {
                keys.add(key);
            }
        }
        return keys;
    }

    /** The days that differ and those beside them, which exchanges across midnight belong to as well. */
    private static Set<LocalDate> days(Facts facts, Matched matched) {
        Set<LocalDate> days = new TreeSet<>();
        for (Variance variance : matched.variances()) {
            LocalDate day = variance.cell().day();
            days.addAll(List.of(day.minusDays(1), day, day.plusDays(1)));
        }
        days.removeIf(day -> day.isBefore(facts.from().minusDays(1)) || day.isAfter(facts.until()));
        return days;
    }

    private static Facts withDetails(Facts facts, Set<LocalDate> days, LedgerReader ledger) {
        List<LedgerLine> lines = new ArrayList<>(facts.ledger());
        lines.removeIf(line -> days.contains(line.cell().day()));
        List<Crossing> crossings = new ArrayList<>();
        Set<Facts.Lost> lost = new HashSet<>();
        for (LocalDate day : days) {
            LedgerReader.Detailed detailed = ledger.day(day);
            crossings.addAll(detailed.crossings());
            if (facts.within(day)) {
                lines.addAll(detailed.lines());
                detailed.lost().forEach(key -> lost.add(new Facts.Lost(day, key)));
            }
        }
        return new Facts(
                facts.from(),
                facts.until(),
                facts.costs(),
                facts.usage(),
                facts.usageKnown(),
                lines,
                facts.keysSeen(),
                crossings,
                facts.unfetched(),
                lost,
                facts.lateFrom(),
                facts.stated());
    }

    private static Coverage named(Coverage coverage, Pulled pulled) {
        Map<String, String> keys = new HashMap<>();
        pulled.keys().forEach(key -> keys.put(key.id(), key.name()));
        return coverage.named(keys, pulled.workspaces());
    }

    private static List<String> notes(Pulled pulled, Identity identity, Matched matched) {
        List<String> notes = new ArrayList<>(pulled.notes());
        if (!pulled.usageKnown()) {
            notes.add("No usage report was to be had: tokens and keys could not be compared, money only.");
        }
        if (pulled.keys().isEmpty()) {
            notes.add("No list of keys was to be had: traffic can't be told apart by key.");
        }
        for (Map.Entry<String, List<String>> collision : identity.collisions().entrySet()) {
            notes.add("The keys " + collision.getValue().stream().sorted().collect(Collectors.joining(", "))
                    + " share the hint " + collision.getKey() + " and count as one.");
        }
        Analytics analytics = pulled.analytics();
        if (analytics != null && analytics.amount().compareTo(matched.billed()) != 0) {
            notes.add("The cost analytics of these days come to " + usd(analytics.amount())
                    + ", the cost report, which is what was compared, to " + usd(matched.billed()) + ".");
        }
        if (matched.otherInstant()) {
            notes.add("The bill counts exchanges across midnight by the instant that the ledger doesn't book them by;"
                    + " see the setting ledger.booking_instant.");
        }
        return notes;
    }

    private static String usd(BigDecimal amount) {
        return "$" + amount.stripTrailingZeros().toPlainString();
    }
}
