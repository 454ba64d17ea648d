package dev.reckoner.reconcile.vendor;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.reckoner.ledger.Archive;
import dev.reckoner.ledger.Document;
import dev.reckoner.reconcile.BilledCost;
import dev.reckoner.reconcile.Cell;
import dev.reckoner.reconcile.FactsDigest;
import dev.reckoner.reconcile.Restated;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each complete day was billed at when it was last pulled. A day that is billed otherwise from one pull to the next
 * was restated; its document remembers what it was before, so that every later pull says so again. Days that may still
 * change are left out: that they do is no restatement.
 */
public final class BilledDays {

    private static final String KIND = "billed_day";
    /** More documents than years of restated days have. */
    private static final int DAYS_MAX = 10_000;

    private static final String AMOUNT = "amount";
    private static final String LINES = "lines";
    private static final String HASH = "sha256";
    private static final String BEFORE = "before";
    private static final String KEPT_AT = "kept_at";

    private final Archive archive;

    public BilledDays(Archive archive) {
        this.archive = archive;
    }

    /**
     * Keeps what complete days are billed at.
     *
     * @param from first day
     * @param until the day after the last complete one
     * @param costs every line of these days, and maybe of others
     * @return the days that were restated, in order
     * @throws AdminApiException where a kept document can't be read
     */
    public List<Restated> keep(LocalDate from, LocalDate until, List<BilledCost> costs) {
        Map<LocalDate, List<BilledCost>> days =
                costs.stream().collect(Collectors.groupingBy(cost -> cost.cell().day()));
        List<Restated> restated = new ArrayList<>();
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
            Restated change = keep(day, days.getOrDefault(day, List.of()));
            if (change != null) {
                restated.add(change);
            }
        }
        return restated;
    }

    /**
     * What complete days were billed at; those that were never pulled are absent.
     *
     * @param from first day
     * @param until the day after the last
     * @throws AdminApiException where a kept document can't be read
     */
    public Map<LocalDate, BigDecimal> amounts(LocalDate from, LocalDate until) {
        Map<LocalDate, BigDecimal> amounts = new TreeMap<>();
        for (Document kept : archive.list(KIND, DAYS_MAX)) {
            LocalDate day = LocalDate.parse(kept.name());
            if (!day.isBefore(from) && day.isBefore(until) && !amounts.containsKey(day)) {
                archive.find(KIND, kept.name())
                        .ifPresent(document -> amounts.put(
                                day, new BigDecimal(read(document).path(AMOUNT).asText())));
            }
        }
        return amounts;
    }

    private @Nullable Restated keep(LocalDate day, List<BilledCost> lines) {
        ObjectNode now = state(lines);
        Optional<Document> kept = archive.find(KIND, day.toString());
        if (kept.isEmpty()) {
            archive.keep(KIND, day.toString(), now.toString());
            return null;
        }
        JsonNode last = read(kept.get());
        if (last.path(HASH).equals(now.path(HASH))) {
            return restated(day, last);
        }
        ObjectNode before = now.putObject(BEFORE);
        for (String field : List.of(AMOUNT, LINES, HASH)) {
            before.set(field, last.path(field));
        }
        before.put(KEPT_AT, kept.get().keptAt().toString());
        archive.keep(KIND, day.toString(), now.toString());
        return restated(day, now);
    }

    private static @Nullable Restated restated(LocalDate day, JsonNode state) {
        JsonNode before = state.path(BEFORE);
        return before.isMissingNode()
                ? null
                : new Restated(
                        day,
                        Instant.parse(before.path(KEPT_AT).asText()),
                        new BigDecimal(before.path(AMOUNT).asText()),
                        new BigDecimal(state.path(AMOUNT).asText()));
    }

    private static ObjectNode state(List<BilledCost> costs) {
        Map<String, BigDecimal> lines = new TreeMap<>();
        costs.forEach(cost -> lines.merge(terms(cost.cell()), cost.amount(), BigDecimal::add));
        BigDecimal sum = lines.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return JsonNodeFactory.instance
                .objectNode()
                .put(AMOUNT, plain(sum))
                .put(LINES, lines.size())
                .put(
                        HASH,
                        FactsDigest.of(lines.entrySet().stream().map(line -> line.getKey() + plain(line.getValue()))));
    }

    /** The terms of a line in an order of their own, which must never change: what is kept would seem restated. */
    private static String terms(Cell cell) {
        return Stream.of(
                        cell.workspaceId(),
                        cell.costType(),
                        cell.model(),
                        cell.tokenType(),
                        cell.serviceTier(),
                        cell.contextWindow(),
                        cell.inferenceGeo(),
                        cell.speed())
                .map(term -> term + "|")
                .collect(Collectors.joining());
    }

    private static JsonNode read(Document document) {
        try {
            return AdminJson.read(document.body());
        } catch (JacksonException e) {
            throw new AdminApiException(
                    "what was kept of the bill of " + document.name() + " is damaged: " + e.getOriginalMessage(), e);
        }
    }

    /** One spelling of an amount: the vendor may write a zero more or less. */
    private static String plain(BigDecimal amount) {
        return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
    }
}
