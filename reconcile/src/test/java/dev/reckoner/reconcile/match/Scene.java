package dev.reckoner.reconcile.match;

import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.BilledUsage;
import dev.reckoner.reconcile.Cause;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.Crossing;
import dev.reckoner.reconcile.Facts;
import dev.reckoner.reconcile.LedgerLine;
import dev.reckoner.reconcile.LedgerLine.Kind;
import dev.reckoner.reconcile.Matched;
import dev.reckoner.reconcile.Stated;
import dev.reckoner.reconcile.TierPrices;
import dev.reckoner.reconcile.Variance;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bill and a ledger under construction, with what the bill was told to hold. */
final class Scene {

    static final LocalDate DAY = LocalDate.parse("2026-11-02");
    static final LocalDate NEXT = LocalDate.parse("2026-11-03");
    static final String KEY = "apikey_01";

    final List<BilledCost> costs = new ArrayList<>();
    final List<BilledUsage> usage = new ArrayList<>();
    final List<LedgerLine> ledger = new ArrayList<>();
    final Set<String> keysSeen = new HashSet<>(Set.of(KEY));
    final List<Crossing> crossings = new ArrayList<>();
    final Set<String> unfetched = new HashSet<>();
    final Set<Facts.Lost> lost = new HashSet<>();
    LocalDate lateFrom = LocalDate.parse("2026-12-01");
    TierPrices tiers = TierPrices.NONE;
    boolean usageKnown = true;
    Stated stated = Stated.NOTHING;

    /** Output tokens of a model at standard terms on the scene's day. */
    static Cell output(String model) {
        return Cell.ofTokens(
                DAY, null, "output_tokens", new Cell.Terms(model, "standard", "0-200k", "global", "standard"));
    }

    static Cell batch(String model) {
        return Cell.ofTokens(
                DAY, null, "output_tokens", new Cell.Terms(model, "batch", "0-200k", "global", "standard"));
    }

    static Cell priority(String model) {
        return Cell.ofTokens(
                DAY, null, "output_tokens", new Cell.Terms(model, "priority", "0-200k", "global", "standard"));
    }

    /** USD of tokens at a price per million. */
    static BigDecimal usd(long tokens, String perMillion) {
        return new BigDecimal(perMillion).multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    /** The bill: tokens of a key, at a price. */
    Scene billed(Cell cell, @Nullable String key, long tokens, String perMillion) {
        costs.add(new BilledCost(cell, usd(tokens, perMillion)));
        usage.add(new BilledUsage(cell, key, tokens));
        return this;
    }

    /** The bill: tokens without a key, of an account. */
    Scene keyless(Cell cell, @Nullable String account, long tokens, String perMillion) {
        costs.add(new BilledCost(cell, usd(tokens, perMillion)));
        usage.add(new BilledUsage(cell, null, account, tokens));
        return this;
    }

    /** The bill: an amount that no tokens stand behind. */
    Scene billed(Cell cell, String usd) {
        costs.add(new BilledCost(cell, new BigDecimal(usd)));
        return this;
    }

    /** The usage report alone. */
    Scene used(Cell cell, String key, long tokens) {
        usage.add(new BilledUsage(cell, key, tokens));
        return this;
    }

    /** The ledger: tokens of a key, at a price. */
    Scene booked(Cell cell, @Nullable String key, Kind kind, long tokens, String perMillion) {
        ledger.add(new LedgerLine(cell, key, kind, tokens, usd(tokens, perMillion)));
        return this;
    }

    /** Billed and booked alike. */
    Scene agreed(Cell cell, long tokens, String perMillion) {
        return billed(cell, KEY, tokens, perMillion).booked(cell, KEY, Kind.EXACT, tokens, perMillion);
    }

    /** A part of what is booked in a cell began or ended on another day. */
    Scene crossing(Cell cell, LocalDate other, long tokens, String perMillion) {
        crossings.add(new Crossing(new LedgerLine(cell, KEY, Kind.EXACT, tokens, usd(tokens, perMillion)), other));
        return this;
    }

    Facts facts() {
        return new Facts(
                LocalDate.parse("2026-11-01"),
                LocalDate.parse("2026-12-01"),
                costs,
                usage,
                usageKnown,
                ledger,
                keysSeen,
                crossings,
                unfetched,
                lost,
                lateFrom,
                stated);
    }

    Matched match() {
        return Matcher.match(facts(), tiers);
    }

    /** The differences by cause. */
    static Map<Cause, BigDecimal> byCause(Matched matched) {
        Map<Cause, BigDecimal> sums = new TreeMap<>();
        for (Variance variance : matched.variances()) {
            sums.merge(variance.cause(), variance.difference(), BigDecimal::add);
        }
        sums.replaceAll((cause, sum) -> sum.signum() == 0 ? BigDecimal.ZERO : sum.stripTrailingZeros());
        return sums;
    }
}
